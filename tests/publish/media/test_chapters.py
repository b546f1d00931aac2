from __future__ import annotations

import json
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.model.episode import ItemKind
from bobine.model.published.master import MasteredItem
from bobine.model.published.release import Chapter, HeardItem
from bobine.publish.chapters import MAX_CHAPTERS, chapter_list, chapters_json, clock, heard_chapters, timestamps
from bobine.publish.text import paragraphs


def item(start_s: float | None, title: str = "Titre", *, kept: bool = True, chapter: bool = True) -> MasteredItem:
    return MasteredItem(id="x", title=title, kept=kept, start_s=start_s if kept else None, chapter=chapter)


@st.composite
def masters(draw: st.DrawFn) -> tuple[list[MasteredItem], float]:
    """What mastering may leave: items one after the other, some cut, some without a chapter."""
    items, position = [], 0.0
    for _ in range(draw(st.integers(0, 40))):
        kept = draw(st.booleans())
        items.append(item(position, draw(st.text(max_size=30)), kept=kept, chapter=draw(st.booleans())))
        position += draw(st.floats(0.0, 400.0)) if kept else 0.0
    return items, position


@given(masters())
def test_chapters_start_at_zero_follow_one_another_and_fill_the_podcast(
    master: tuple[list[MasteredItem], float],
) -> None:
    items, duration_s = master
    chapters = chapter_list(items, duration_s)
    if chapters:
        assert chapters[0].start_ms == 0
        assert chapters[-1].end_ms == round(duration_s * 1000)
    assert all(chapter.start_ms < chapter.end_ms for chapter in chapters)
    assert all(before.end_ms == after.start_ms for before, after in pairwise(chapters))
    assert all(chapter.title for chapter in chapters)


@given(masters())
def test_every_chapter_is_an_item_to_the_millisecond(master: tuple[list[MasteredItem], float]) -> None:
    items, duration_s = master
    starts = [entry.start_s for entry in items if entry.kept and entry.chapter and entry.start_s is not None]
    chapters = chapter_list(items, duration_s)
    assert len(chapters) <= len(starts)
    for chapter in chapters[1:]:
        assert min(abs(chapter.start_ms / 1000 - start) for start in starts) <= 0.0005001


@given(masters())
def test_only_what_begins_in_the_second_of_another_loses_its_chapter(master: tuple[list[MasteredItem], float]) -> None:
    items, duration_s = master
    opening = [entry.start_s for entry in items if entry.kept and entry.chapter and entry.start_s is not None]
    starts = {chapter.start_ms for chapter in chapter_list(items, duration_s)}
    for index, (start, following) in enumerate(pairwise([*opening, duration_s])):
        if round(start * 1000) // 1000 < round(following * 1000) // 1000 and round(start * 1000) >= 1000 and index:
            assert round(start * 1000) in starts


def test_a_jingle_without_a_chapter_belongs_to_its_neighbour() -> None:
    items = [
        item(0, "Jingle", chapter=False),
        item(12.4, "Accueil"),
        item(60, "Virgule", chapter=False),
        item(65.6, "Jeu"),
    ]
    assert chapter_list(items, 100.2) == (
        Chapter(start_ms=0, end_ms=65_600, title="Accueil"),
        Chapter(start_ms=65_600, end_ms=100_200, title="Jeu"),
    )


def test_a_cut_item_makes_no_chapter() -> None:
    items = [item(0, "Accueil"), item(None, "Live 1", kept=False), item(30, "Littérature")]
    assert [chapter.title for chapter in chapter_list(items, 60)] == ["Accueil", "Littérature"]


def test_of_several_in_one_second_the_last_is_what_one_hears() -> None:
    items = [item(0, "Accueil"), item(30.1, "Éclair"), item(30.6, "Portrait"), item(59.8, "Jeu"), item(60, "Fin")]
    chapters = chapter_list(items, 60)
    assert [chapter.title for chapter in chapters] == ["Accueil", "Portrait", "Jeu"]
    assert timestamps(chapters).splitlines() == ["00:00:00 Accueil", "00:00:30 Portrait", "00:00:59 Jeu"]
    assert timestamps(chapter_list(items[:3], 60)) == ""


@pytest.mark.parametrize("start_s", [12.4, 12.5, 12.501, 12.999, 12.0004, 59.9996, 3599.9])
def test_a_timestamp_is_never_past_the_first_word(start_s: float) -> None:
    chapters = chapter_list([item(0, "Accueil"), item(start_s, "Jeu"), item(4000, "Fin")], 4100)
    hours, minutes, seconds = timestamps(chapters).splitlines()[1].split()[0].split(":")
    written = int(hours) * 3600 + int(minutes) * 60 + int(seconds)
    assert start_s + 0.0005 - 1 < written <= start_s + 0.0005
    assert json.loads(chapters_json(chapters))["chapters"][1]["startTime"] == round(start_s, 3)


def test_there_are_never_more_chapters_than_an_id3_table_can_count() -> None:
    chapters = chapter_list([item(second, str(second)) for second in range(400)], 400)
    assert len(chapters) == MAX_CHAPTERS
    assert chapters[-1].end_ms == 400_000


def test_titles_are_safe_and_never_empty() -> None:
    long = item(10, "é" * 5000)
    chapters = chapter_list([item(0, "\x1b]0;oh\x07\u202e\n"), long, item(20, "\x00\x01")], 30)
    assert [chapter.title for chapter in chapters][::2] == ["]0;oh", "Sans titre"]
    assert len(chapters[1].title) == 255


CHAPTERS = (
    Chapter(start_ms=0, end_ms=40_000, title="Générique"),
    Chapter(start_ms=40_000, end_ms=3_725_250, title='Le « "fil" » & <la> pelote 🧶'),
    Chapter(start_ms=3_725_250, end_ms=3_800_000, title="Fin"),
)


def test_json_chapters_are_version_1_2_0() -> None:
    document = json.loads(chapters_json(CHAPTERS, title="Fanfare", podcast="La Bobine", author="Collectif"))
    assert document["version"] == "1.2.0"
    assert (document["title"], document["podcastName"], document["author"]) == ("Fanfare", "La Bobine", "Collectif")
    assert document["chapters"][1] == {"startTime": 40, "endTime": 3725.25, "title": CHAPTERS[1].title}
    assert "title" not in json.loads(chapters_json(CHAPTERS))


def test_json_chapters_are_these_bytes() -> None:
    assert (
        chapters_json(CHAPTERS[:1], title="Été")
        == (
            '{\n  "version": "1.2.0",\n  "title": "Été",\n  "chapters": [\n    {\n      "startTime": 0,\n'
            '      "endTime": 40,\n      "title": "Générique"\n    }\n  ]\n}\n'
        ).encode()
    )


def test_timestamps_are_lines_from_zero() -> None:
    assert timestamps(CHAPTERS).splitlines() == [
        "00:00:00 Générique",
        '00:00:40 Le « "fil" » & <la> pelote 🧶',
        "01:02:05 Fin",
    ]


def test_of_several_in_the_first_second_the_last_starts_at_zero() -> None:
    items = [item(0, "Accueil"), item(0.5, "Portrait"), item(2, "Jeu")]
    assert len(chapter_list([item(0), item(1), item(1.999), item(2)], 60)) == 3
    assert chapter_list(items, 60) == (
        Chapter(start_ms=0, end_ms=2000, title="Portrait"),
        Chapter(start_ms=2000, end_ms=60_000, title="Jeu"),
    )


def test_the_chapters_of_a_release_end_with_the_last_of_its_items() -> None:
    def heard(title: str, start_ms: int, end_ms: int, *, chapter: bool = True) -> HeardItem:
        return HeardItem(id="x", title=title, kind=ItemKind.TALK, start_ms=start_ms, end_ms=end_ms, chapter=chapter)

    items = (heard("Accueil", 0, 30_000), heard("Jingle", 30_000, 45_250, chapter=False), heard("Jeu", 45_250, 90_400))
    assert heard_chapters(items, 120) == (
        Chapter(start_ms=0, end_ms=45_250, title="Accueil"),
        Chapter(start_ms=45_250, end_ms=90_400, title="Jeu"),
    )
    assert heard_chapters((), 120) == ()


def test_of_several_at_one_instant_the_last_in_the_rundown_is_kept() -> None:
    items = [item(0, "Accueil"), item(30, "Portrait"), item(30, "Jeu"), item(30, "Éclair"), item(30, "Agenda")]
    assert [chapter.title for chapter in chapter_list(items, 60)] == ["Accueil", "Agenda"]


@pytest.mark.parametrize(
    ("milliseconds", "shown"),
    [
        (0, "00:00:00.000"),
        (59_999, "00:00:59.999"),
        (60_000, "00:01:00.000"),
        (3_599_001, "00:59:59.001"),
        (3_600_000, "01:00:00.000"),
        (36_061_020, "10:01:01.020"),
    ],
)
def test_an_instant_of_a_chapter_in_a_table(milliseconds: int, shown: str) -> None:
    assert clock(milliseconds) == shown


def test_a_title_in_a_description_is_cut() -> None:
    chapters = tuple(Chapter(start_ms=n * 1000, end_ms=n * 1000 + 1000, title="é" * 300) for n in range(3))
    assert [len(line) - len("00:00:00 ") for line in timestamps(chapters).splitlines()] == [255] * 3
    assert [len(line) - len("00:00:00 ") for line in timestamps(chapters, 12).splitlines()] == [12] * 3


def test_fewer_than_three_timestamps_are_none() -> None:
    assert timestamps(CHAPTERS[:2]) == ""


@given(masters())
def test_all_forms_hold_the_same_chapters(master: tuple[list[MasteredItem], float]) -> None:
    chapters = chapter_list(*master)
    document = json.loads(chapters_json(chapters))
    assert [entry["startTime"] for entry in document["chapters"]] == [chapter.start_ms / 1000 for chapter in chapters]
    stamps = timestamps(chapters)
    lines = stamps.splitlines()
    seconds = {chapter.start_ms // 1000 for chapter in chapters}
    assert len(lines) == (len(seconds) if len(seconds) >= 3 else 0)
    assert all(re.match(r"\d\d:[0-5]\d:[0-5]\d \S", line) for line in lines)
    assert paragraphs(stamps, 1_000_000) == stamps
