"""What a show may say of its podcast: each rule takes what the namespace takes, and no more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bobine.errors import PlanError
from bobine.store.documents.shows import decode_shows
from bobine.store.rules import podcast_texts as rules
from bobine.store.rules.tables import RULES
from bobine.store.toml.read import parse_toml
from tests.conftest import ATELIER

GUID = "917393e3-1b1e-5cef-ace4-edaa54e1f810"


@pytest.mark.parametrize(
    ("rule", "good", "bad"),
    [
        (rules.geo, ["geo:45.0447,5.0508", "geo:-45,-180", "geo:0,0"],
         ["45.0447,5.0508", "geo:95,5", "geo:45,181", "geo:45", "geo:45,5;u=10", "geo:٤٥,5", "geo: 45,5"]),
        (rules.osm, ["R113314", "N1", "W148838"], ["113314", "r113314", "R", "R1 ", "R٣"]),
        (rules.country, ["fr", "be"], ["FR", "fra", "f", "f1", ""]),
        (rules.guids, [(), (GUID,)], [(GUID.upper(),), ("x",), (GUID, GUID), ("\u202e",)]),
        (rules.at_most(5), ["cinq5", "é"], ["six666", "", " a", "a\nb", "\x1b"]),
    ],
)  # fmt: skip
def test_a_rule_takes_what_the_namespace_takes(rule: Callable[[Any], str | None], good: Any, bad: Any) -> None:
    assert [rule(one) for one in good] == [None] * len(good)
    for one in bad:
        told = rule(one)
        assert told
        assert "\u202e" not in told


@pytest.mark.parametrize(
    "line",
    ['location_geo = "ici"', 'funding = "donnez"', 'podroll = ["x"]', 'chapters = ["x"]', 'discussion = "@x"',
     f'funding_text = "{"x" * 129}"'],
)  # fmt: skip
def test_a_fault_names_its_key(line: str) -> None:
    text = (ATELIER / "shows.toml").read_text("utf-8").replace('image = ""', f'image = ""\n{line}', 1)
    with pytest.raises(PlanError, match=line.partition(" ")[0]):
        decode_shows(parse_toml(text.encode(), "shows.toml"), Path(ATELIER))


@pytest.mark.parametrize(("seconds", "is_good"), [(14, False), (15, True), (120, True), (121, False)])
def test_an_extract_lasts_from_15_seconds_to_2_minutes(seconds: int, is_good: bool) -> None:
    from bobine.model.episode import Episode

    found = list(RULES.tables[Episode]({"soundbite_for": timedelta(seconds=seconds)}))
    assert [key for key, _ in found] == ([] if is_good else ["soundbite_for"])
