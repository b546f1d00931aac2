"""What is put into a page is escaped as Jinja2 does it, and once."""

from __future__ import annotations

import html
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from bobine.french import typeset_print
from bobine.publish.layout import episode_page_key, oembed_key
from bobine.publish.pages.site import pages_of
from bobine.publish.pages.templating import environment, in_french
from tests.publish.pages.pages_samples import ATTACKS, hostile, hostile_show
from tests.publish.samples import BASE, DAY


@given(st.one_of(st.text(), st.integers(), st.dates(), st.text().map(escape), st.none()))
def test_a_value_is_put_as_it_is_escaped(value: object) -> None:
    assert environment().from_string("{{ value }}").render(value=value) == escape(value)


@given(st.text(alphabet="ab <>&\"'«»:;! \u00a0n°"))
def test_text_is_set_in_french_then_escaped(text: str) -> None:
    assert in_french(text) == escape(typeset_print(text))
    assert html.unescape(in_french(text)) == typeset_print(text)
    assert environment().from_string("{{ text|fr }}").render(text=text) == in_french(text)


@pytest.mark.parametrize("text", ["a", Markup("<b>")])
def test_what_is_safe_already_is_left_as_it_is(text: str) -> None:
    assert environment().from_string("{{ text }}").render(text=text) == text


@pytest.mark.parametrize("attack", ATTACKS)
def test_the_code_to_copy_is_what_other_sites_are_given(attack: str) -> None:
    show = hostile_show(attack)
    files = pages_of(show, [hostile(attack)], BASE)
    given_to_sites = json.loads(files[oembed_key(show.slug, DAY)])["html"]
    page = files[episode_page_key(show.slug, DAY)].decode()
    to_copy = page.partition('<textarea id="code"')[2].partition(">")[2].partition("</textarea>")[0]
    assert html.unescape(to_copy).strip() == given_to_sites
    assert "<" not in to_copy
