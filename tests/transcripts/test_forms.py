"""Transcripts as tools really write them are read, and what is written is read back as it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.publish.text import one_line
from bobine.publish.transcripts.reading import Cue, cues_of
from bobine.publish.transcripts.writing import subrip, webvtt

WHISPER = b"WEBVTT\n\n00:00.000 --> 00:04.240\n Bonsoir \xc3\xa0 tous,\n\n00:04.240 --> 00:07.000\n bienvenue.\n\n"
PREMIERE = (
    "\ufeff1\r\n00:00:01,000 --> 00:00:03,500\r\nIl fait beau,\r\nil fait chaud.\r\n\r\n"
    "2\r\n01:00:03,500 --> 01:00:05,000\r\n1984\r\n\r\n"
).encode()
WINDOWS = "1\r\n00:00:01,000 --> 00:00:02,000\r\nL’été à Romans : 3 €\r\n".encode("cp1252")
UTF_16 = "1\r\n00:00:01,000 --> 00:00:02,000\r\nPetit déjeuner\r\n".encode("utf-16")
STYLED = b"""WEBVTT - La Bobine
Kind: captions
Language: fr

STYLE
::cue(v[voice="Thi-Lan"]) { color: lime }

REGION
id:bas
width:40%

NOTE
relu par Nadia

intro
00:01.000 --> 00:04.000 align:start position:10%
<v.premiere Nadia Ferhat><c.jaune>Bonsoir</c> &amp; <i>merci</i></v>

00:00:04.000 --> 00:00:06.000 region:bas
<v Thi-Lan Nguyen>Oui ! <v Nadia Ferhat>Non.
"""
KARAOKE = b"WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nun<00:00:01.400><c> deux</c>\n"
DOTS = b"1\n00:00:01.0 --> 00:00:02.500000\nUn\n2\n0:0:3,25 --> 0:0:4\nDeux\n"
SHORT = (
    b'1\n00:00:01,5 --> 00:00:02,25\n{\\an8}<font color="#ffff00">Haut</font>\n\n\n\n2\n00:00:03,0-->00:00:04,0\nBas'
)
OLD_MAC = b"1\r00:00:01,000 --> 00:00:02,000\rUn\r\r2\r00:00:02,000 --> 00:00:03,000\rDeux\r"
BACKWARDS = b"WEBVTT\n\n00:05.000 --> 00:04.000\nAvant\n"
LONG = b"WEBVTT\n\n100:00:00.000 --> 100:00:01.000\nTard\n"


@pytest.mark.parametrize(
    ("content", "cues"),
    [
        (WHISPER, [Cue(0, 4.24, "", "Bonsoir à tous,"), Cue(4.24, 7, "", "bienvenue.")]),
        (PREMIERE, [Cue(1, 3.5, "", "Il fait beau, il fait chaud."), Cue(3603.5, 3605, "", "1984")]),
        (WINDOWS, [Cue(1, 2, "", "L’été à Romans : 3 €")]),
        (UTF_16, [Cue(1, 2, "", "Petit déjeuner")]),
        (
            STYLED,
            [
                Cue(1, 4, "Nadia Ferhat", "Bonsoir & merci"),
                Cue(4, 6, "Thi-Lan Nguyen", "Oui !"),
                Cue(4, 6, "Nadia Ferhat", "Non."),
            ],
        ),
        (KARAOKE, [Cue(1, 2, "", "un deux")]),
        (DOTS, [Cue(1, 2.5, "", "Un"), Cue(3.25, 4, "", "Deux")]),
        (SHORT, [Cue(1.5, 2.25, "", "Haut"), Cue(3, 4, "", "Bas")]),
        (OLD_MAC, [Cue(1, 2, "", "Un"), Cue(2, 3, "", "Deux")]),
        (BACKWARDS, [Cue(5, 5, "", "Avant")]),
        (LONG, [Cue(360_000, 360_001, "", "Tard")]),
    ],
    ids=[
        "whisper",
        "premiere",
        "windows",
        "utf-16",
        "styled",
        "karaoke",
        "dots",
        "short",
        "old-mac",
        "backwards",
        "long",
    ],
)
def test_files_of_real_tools_give_their_cues(content: bytes, cues: list[Cue]) -> None:
    assert cues_of(content) == cues


def _line(text: str) -> str:
    return one_line(text, 10_000)


_HOSTILE = st.sampled_from(["-->", "<", "&", "&lt;", "&amp;amp;", "<v Nadia>", "</c>", "{\\an8}", "00:00:01.000",
                            "\n\n", "WEBVTT", "NOTE", "1", "<script>alert(1)</script>", "é", "…", " "])  # fmt: skip
_TEXTS = (st.lists(_HOSTILE | st.text(max_size=6), max_size=6).map("".join) | st.text(max_size=30)).map(_line)
_WHO = _TEXTS.map(lambda text: one_line(text, 128))


@st.composite
def cues(draw: st.DrawFn) -> list[Cue]:
    """Cues in order of time, each a millisecond long at least."""
    found = []
    at_ms = 0
    for _ in range(draw(st.integers(0, 8))):
        at_ms += draw(st.integers(0, 4_000_000))
        end_ms = at_ms + draw(st.integers(1, 60_000))
        found.append(Cue(at_ms / 1000, end_ms / 1000, draw(_WHO), draw(_TEXTS.filter(bool))))
    return sorted(found, key=lambda cue: (cue.start_s, cue.end_s))


@given(cues())
def test_webvtt_is_read_back_as_it_was(said: list[Cue]) -> None:
    assert cues_of(webvtt(said)) == said
    assert webvtt(said) == webvtt(list(reversed(list(reversed(said)))))


@given(cues())
def test_srt_is_read_back_with_each_new_voice_before_its_words(said: list[Cue]) -> None:
    before = ["", *(cue.who for cue in said)]
    told = [f"{cue.who}: {cue.text}" if cue.who and cue.who != last else cue.text
            for cue, last in zip(said, before, strict=False)]  # fmt: skip
    assert cues_of(subrip(said)) == [
        Cue(cue.start_s, cue.end_s, "", text) for cue, text in zip(said, told, strict=True)
    ]


def test_no_words_are_taken_for_times_or_marks() -> None:
    said = [Cue(1, 2, "A > B", "00:00:09.000 --> 00:00:10.000 <b>& fin</b>"), Cue(2, 3, "A > B", "suite")]
    vtt, srt = webvtt(said).decode(), subrip(said).decode()
    assert [line for line in vtt.splitlines() if "-->" in line] == [
        "00:00:01.000 --> 00:00:02.000", "00:00:02.000 --> 00:00:03.000"
    ]  # fmt: skip
    assert vtt.splitlines()[3] == "<v A &gt; B>00:00:09.000 --&gt; 00:00:10.000 &lt;b&gt;&amp; fin&lt;/b&gt;"
    assert srt.count("-->") == 2
    assert "<b>" not in srt
    assert srt.splitlines()[2].startswith("A > B: 00:00:09.000 --&gt;")
    assert srt.splitlines()[-1] == "suite"
    assert vtt.startswith("WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n")
    assert srt.startswith("1\n00:00:01,000 --> 00:00:02,000\n")


def test_what_lasts_no_time_lasts_a_millisecond() -> None:
    assert cues_of(webvtt([Cue(5, 5, "", "Oh")])) == [Cue(5, 5.001, "", "Oh")]
