"""An episode told elsewhere: three forms, nothing in them but text."""

from __future__ import annotations

import pytest

from bobine.publish.pages.announcement import announcement
from tests.publish.pages.pages_samples import ATTACKS, MAGAZINE, hostile, hostile_show, told
from tests.publish.pages.test_pages import Page
from tests.publish.samples import BASE, DAY

URL = f"{BASE}bobine-romanaise/{DAY}/index.html"


def test_three_forms() -> None:
    found = announcement(MAGAZINE, told(), BASE)
    assert found.text == (
        "La fanfare de la Presle, semaine 0\n"
        "La Bobine Romanaise · Émission du jeudi 26 novembre 2026, 55\u00a0min\n\n"
        "Une fanfare\u00a0: des voix.\n"
        "À lire\u00a0: https://labobineromanaise.example/?a=1&b=2.\n\n"
        "Au sommaire\u00a0:\n"
        "– Le bail\u00a0: qui paie quoi\u202f?\n"
        "– «\u202fLa pelote\u202f», par la chorale\n"
        "– Thi-Lan, couturière\n\n"
        "Avec Nadia Ferhat et Thi-Lan Nguyen.\n\n"
        f"Écouter\u00a0: {URL}\n"
    )
    assert found.short == (
        "La fanfare de la Presle, semaine 0 (jeudi 26 novembre 2026). Une fanfare\u00a0: des voix. À lire\u00a0: "
        "https://labobineromanaise.example/?a=1&b=2. Avec Nadia Ferhat et Thi-Lan Nguyen. "
        f"À réécouter\u00a0: {URL.removeprefix('https://')}\n"
    )
    page = Page(found.html.encode())
    assert [attrs["src"] for tag, attrs in page.found if tag == "img"] == [found.image_url]
    assert {tag for tag, _ in page.found} == {"div", "p", "a", "img", "br", "strong"}
    assert "Au sommaire\u00a0" in found.html.replace("&nbsp;", "\u00a0")


def test_an_episode_of_before_is_told_without_items() -> None:
    found = announcement(MAGAZINE, told(items=(), description="", people=()), BASE)
    assert found.text.count("\n\n") == 1
    assert found.short.startswith("La fanfare de la Presle, semaine 0 (jeudi 26 novembre 2026). À réécouter")


@pytest.mark.parametrize("attack", ATTACKS)
def test_hostile_texts_stay_texts(attack: str) -> None:
    found = announcement(hostile_show(attack), hostile(attack), BASE)
    for tag, attrs in Page(found.html.encode()).found:
        assert tag in {"div", "p", "a", "img", "br", "strong"}
        assert set(attrs) <= {"style", "href", "src", "alt", "width", "height", "rel"}
        assert attrs.get("href", "http").startswith("http")
