"""Rows edited in place: a key that changes is a value that changes, and everything around it stays to the byte."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.model.counted.objectives import Objective
from bobine.model.episode import Episode, Item, ItemKind, PodcastRights, Work, WorkUse
from bobine.model.people import Person, Role
from bobine.store.codec.decode import Decoder, Rules
from bobine.store.toml.edit import with_fields, with_rows
from tests.conftest import ATELIER

OWN = (ATELIER / "episodes/bobine-romanaise/2026-11-26/episode.toml").read_text("utf-8")

ITEMS = """\
# le conducteur

[[items]] # 18:00
# d'abord
duration = "3 min" # à voir
id = 'a'
title = "A" # le titre

kind = "talk"
droppable = true # coupable
# les gens
people = [
  "p", # Paul
]

# entre les deux
[[items]]
id = "b"
title = "B"
kind = "live-music"
duration = "4'00"

[[items.works]] # l'œuvre
title = "W" # son titre
use = "live"

[[items.works]]
title = "X"
# la fin
"""

BOTH_WORKS = ITEMS[ITEMS.index("\n[[items.works]]") : ITEMS.index("# la fin")]


def decoded(text: str) -> Episode:
    decoder = Decoder(Rules(text=lambda _text: None))
    head = {"date": date(2026, 11, 26), "season": 1, "number": 1, "title": "T"}
    episode = decoder.table(Episode, {**head, **tomllib.loads(text)}, (), show="s")
    assert episode is not None, decoder.faults
    return episode


def edited(text: str, index: int, **values: Any) -> str:
    """The text with other values in one item; it must say so."""
    before = decoded(text).items
    after = list(before)
    after[index] = replace(after[index], **values)
    found = with_rows(text, "items", before, after)
    assert decoded(found).items == tuple(after)
    return found


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("index", "values", "old", "new"),
    [
        (0, {"duration": timedelta(minutes=2)}, '"3 min"', '"2\'00"'),
        (0, {"title": "Été"}, '"A"', '"Été"'),
        (0, {"droppable": False}, "droppable = true # coupable\n", ""),
        (0, {"people": ()}, 'people = [\n  "p", # Paul\n]\n', ""),
        (0, {"people": ("p", "q")}, '[\n  "p", # Paul\n]', '["p", "q"]'),
        (0, {"source": "M1"}, '# Paul\n]\n', '# Paul\n]\nsource = "M1"\n'),
        (0, {"notes": "un\ndeux"}, '# Paul\n]\n', '# Paul\n]\nnotes = """\nun\ndeux"""\n'),
        (0, {"fixed_start": time(18, 5), "political": True}, '# Paul\n]\n',
         '# Paul\n]\nfixed_start = 18:05:00\npolitical = true\n'),
        (0, {"works": (Work(title="N"),), "objectives": (Objective.VOICES,)}, '# Paul\n]\n',
         '# Paul\n]\nobjectives = ["voices"]\n\n[[items.works]]\ntitle = "N"\n'),
        (1, {"chapter": False}, 'duration = "4\'00"\n', 'duration = "4\'00"\nchapter = false\n'),
        (1, {"works": (Work(title="V", use=WorkUse.LIVE), Work(title="X"))}, '"W"', '"V"'),
        (1, {"works": (Work(title="W", use=WorkUse.LIVE),)}, '\n[[items.works]]\ntitle = "X"\n', ""),
        (1, {"works": (Work(title="W", use=WorkUse.LIVE), Work(title="X", isrc="I"), Work(title="Y"))},
         'title = "X"\n', 'title = "X"\nisrc = "I"\n\n[[items.works]]\ntitle = "Y"\n'),
        (1, {"works": ()}, BOTH_WORKS, ""),
    ],
)  # fmt: skip
def test_only_what_changed_is_written(newline: str, index: int, values: dict[str, Any], old: str, new: str) -> None:
    assert ITEMS.count(old) == 1
    text = ITEMS.replace("\n", newline)
    assert edited(text, index, **values) == ITEMS.replace(old, new).replace("\n", newline)


@pytest.mark.parametrize(
    ("works", "old", "new"),
    [
        ((Work(title="V", use=WorkUse.BED),), '"W" }', None),
        ((Work(title="W", composer="C"),), '[ { title = "W" } ]', '[\n    { title = "W", composer = "C" },\n]'),
        ((), 'works = [ { title = "W" } ] # une\n', ""),
    ],
)
def test_works_written_in_one_line(works: tuple[Work, ...], old: str, new: str | None) -> None:
    text = '[[items]]\nid = "a"\ntitle = "A"\nkind = "talk"\nworks = [ { title = "W" } ] # une\nduration = "60 s"\n'
    found = edited(text, 0, works=works)
    assert new is None or found == text.replace(old, new)
    assert ("# une" in found) == bool(works)


@pytest.mark.parametrize(
    "row",
    ['id = "a"\ntitle = "A"\nkind = "talk"\nduration = "60 s"\n"objectives" = ["voices"]\n',
     'id = "a"\ntitle = "A"\nkind = "talk"\nduration = "60 s"\nobjectives = ["voices"]',
     'objectives = ["voices"]\ntitle = "A"\nkind = "talk"\nduration = "60 s"\nid = "a" # fin'],
)  # fmt: skip
def test_unusual_writing_is_edited_or_written_anew(row: str) -> None:
    text = f"[[items]]\n{row}"
    edited(text, 0, objectives=())
    edited(text, 0, objectives=(Objective.EDUCATION,), source="M")
    edited(edited(text, 0, works=(Work(title="W"),)), 0, notes="n", works=(Work(title="V"),))


def test_the_first_people_go_before_the_items_and_the_first_items_last() -> None:
    person = Person(id="p", name="P", role=Role.GUEST)
    text = 'summary = ""\n\n# ── ici ──\n[[items]]\nid = "a"\ntitle = "A"\nkind = "talk"\nduration = "60 s"\n'
    found = with_rows(text, "people", (), (person,), ahead_of="items")
    assert decoded(found).people == (person,)
    assert found.replace('[[people]]\nid = "p"\nname = "P"\nrole = "guest"\n\n', "") == text
    found = with_rows("# seul", "people", (), (person,), ahead_of="items")
    assert found == '# seul\n\n[[people]]\nid = "p"\nname = "P"\nrole = "guest"\n'


def test_fields_of_the_head() -> None:
    text = '# tête\ntitle = "T" # titre\nsummary = "S"\n\n[[people]]\nid = "p"\n'
    old = Episode(show="s", date=date(2026, 1, 1), season=1, number=1, title="T", summary="S")
    new = replace(old, title="U", summary="", cover="c.jpg", number=2)
    found = with_fields(text, (), old, new, {"title", "summary", "cover"})
    assert found == '# tête\ntitle = "U" # titre\ncover = "c.jpg"\n\n[[people]]\nid = "p"\n'


def item_edits() -> st.SearchStrategy[dict[str, Any]]:
    works = st.lists(st.builds(Work, title=st.sampled_from(["La passerelle", "Fil rouge"]), composer=texts), max_size=2)
    return st.fixed_dictionaries(
        {},
        optional={
            "title": texts.filter(bool),
            "duration": st.integers(1, 600).map(lambda seconds: timedelta(seconds=seconds)),
            "min": st.none() | st.just(timedelta(seconds=30)),
            "droppable": st.booleans(),
            "fixed_start": st.none() | st.just(time(18, 30)),
            "people": st.lists(st.sampled_from(["samira", "claire"]), unique=True).map(tuple),
            "notes": texts | st.just("un\n\n  deux\\\n"),
            "podcast": st.none() | st.sampled_from(list(PodcastRights)),
            "works": works.map(tuple),
            "objectives": st.lists(st.sampled_from(list(Objective)), unique=True).map(tuple),
        },
    )


texts = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=8)


@given(st.data(), st.sampled_from(["\n", "\r\n"]))
def test_any_edit_of_a_real_plan_is_what_it_says_and_keeps_the_rest(data: st.DataObject, newline: str) -> None:
    text = OWN.replace("\n", newline)
    before = decoded(text)
    rows = list(before.items)
    changed = set()
    for _ in range(data.draw(st.integers(1, 5))):
        index = data.draw(st.integers(0, len(rows) - 1))
        match data.draw(st.sampled_from(["edit", "edit", "move", "drop", "add"])):
            case "edit":
                rows[index] = replace(rows[index], **data.draw(item_edits()))
                changed.add(rows[index].id)
            case "move":
                rows.insert(data.draw(st.integers(0, len(rows))), rows.pop(index))
            case "drop":
                rows.pop(index)
            case "add":
                new = Item(
                    id=f"neuf-{len(changed)}-{len(rows)}",
                    title="Neuf",
                    kind=ItemKind.TALK,
                    duration=timedelta(seconds=60),
                )
                if new.id not in {row.id for row in rows}:
                    rows.insert(index, new)
    found = with_rows(text, "items", before.items, rows)
    after = decoded(found)
    assert after.items == tuple(rows)
    assert after.people == before.people
    assert "\n" not in found.replace(newline, "")
    for comment in ("# ── Qui est là ─", "# ── Le conducteur ─", "# ── En réserve ─"):
        assert found.count(comment) == 1
    for block in text.split(f"{newline}[[items]]{newline}")[1:]:
        name = tomllib.loads(block.partition(newline)[0])["id"]
        if name in {row.id for row in rows} - changed:
            assert block.split(f"{newline}{newline}# ──")[0].rstrip() in found
