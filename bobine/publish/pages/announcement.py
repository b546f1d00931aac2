"""Announcements of an episode, to be pasted: a newsletter's text, a block of HTML, a paper's few lines."""

from __future__ import annotations

from dataclasses import dataclass

from bobine.french import enumerate_words, typeset_print
from bobine.model.published.release import Release
from bobine.model.show import Show
from bobine.publish.layout import episode_page_key
from bobine.publish.pages import words
from bobine.publish.pages.episode_page import heading, items_of
from bobine.publish.pages.frame import Site
from bobine.publish.pages.templating import environment
from bobine.publish.text import one_line

_SHORT_CHARS = 280


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """An episode told in three forms, from one template.

    Attributes:
        url: the episode's page.
        image_url: its cover.
        text: plain text for a newsletter; lines are not wrapped.
        html: a block for a site, with styles of its own and nothing else from outside than the cover.
        short: two or three lines for the paper, with an address that can be typed.
    """

    url: str
    image_url: str
    text: str
    html: str
    short: str


def announcement(show: Show, release: Release, base_url: str) -> Announcement:
    """Tell of an episode that is online.

    Args:
        show: the show.
        release: the episode.
        base_url: address of the destination's root; ends with ``/``.
    """
    site = Site(show=show, base_url=base_url)
    page = episode_page_key(show.slug, release.date)
    notes = words.notes(release.description)
    told = {
        "site": site,
        "heading": heading(release),
        "release": release,
        "notes": notes,
        "brief": one_line(" ".join(line for block in notes for line in block), _SHORT_CHARS),
        # what has a kind that listeners know: neither jingles nor themes
        "topics": [item.title for item in items_of(site, release, page) if item.about],
        "people": enumerate_words([person.name for person in release.people]),
        "station": show.station.full_name,
        "url": site.address(page),
        "image_url": site.address(release.image.key),
    }
    forms = {form: _form(form, told) for form in ("text", "html", "short")}
    return Announcement(url=site.address(page), image_url=site.address(release.image.key), **forms)


def _form(form: str, told: dict[str, object]) -> str:
    text = environment().get_template("announcement.jinja").render(form=form, **told)
    return (text if form == "html" else typeset_print(text)).strip() + "\n"
