"""Several shows live in one workspace."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Atelier

SHOW = """
[shows.{slug}]
title = "{title}"
description = "Le magazine du quartier."
station = {{ name = "Radio Exemple" }}
slot = {{ day = "{day}", start = 18:00:00, end = 19:00:00 }}
season = {{ first_month = 1, last_month = 12 }}
podcast = {{ link = "https://{slug}.radioduquartier.org/", author = "{title}", category = "Arts" }}
"""


@pytest.fixture
def atelier(tmp_path: Path) -> Atelier:
    shows = SHOW.format(slug="matin", title="Le matin", day="monday") + SHOW.format(
        slug="soir", title="Le soir", day="friday"
    )
    (tmp_path / "shows.toml").write_text(shows, encoding="utf-8")
    return Atelier(tmp_path)


def test_each_has_its_own_episodes(atelier: Atelier) -> None:
    first = atelier.json("nouveau", "episode", "matin/2026-11-23")
    second = atelier.json("nouveau", "episode", "soir/2026-11-27")
    assert first["episode"] == "matin/2026-11-23"
    assert second["episode"] == "soir/2026-11-27"
    found = atelier.json("verifier")
    assert found["ok"]
    assert {"matin", "soir"} <= {check["name"] for check in found["checks"]}


def test_without_a_day_each_gets_its_next_slot(atelier: Atelier) -> None:
    from datetime import date

    days = [atelier.json("nouveau", "episode", slug)["episode"].partition("/")[2] for slug in ("matin", "soir")]
    assert [date.fromisoformat(day).weekday() for day in days] == [0, 4]


@pytest.mark.parametrize("arguments", [("nouveau",), ("monter", "prochaine"), ("publier", "2026-11-23")])
def test_a_command_that_names_neither_says_which_there_are(atelier: Atelier, arguments: tuple[str, ...]) -> None:
    said = atelier.run(*arguments, code=1).stderr
    assert "matin" in said
    assert "soir" in said
