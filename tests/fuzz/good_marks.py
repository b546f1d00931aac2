"""A good file of each format of marks, for its reader to be fuzzed."""

from __future__ import annotations

import random
import struct
from collections.abc import Callable

from tests.fuzz.good_files import RATE
from tests.fuzz.mutations import mutated_json, mutated_lines

WRITTEN_MARKS: tuple[tuple[str, str, Callable[[bytes, random.Random], bytes]], ...] = (
    (
        "JSON",
        '[{"title": "a", "start": 0, "end": 480}, {"title": "b", "start": 480, "end": 960}]',
        mutated_json,
    ),
    ("Audacity", "0,5\t1.5\tGénérique\n1.5\t1.5\tAccueil\n\\\t100\t200\n90\t120\tFin\n", mutated_lines),
    (
        "podcast",
        '{"version": "1.2.0", "chapters": [{"startTime": 0.5, "title": "a", "endTime": 9}]}',
        mutated_json,
    ),
    ("lines", "Bonsoir\n0:00 Générique\n[00:12:30.5] - Accueil\n1:02'03\" Fin\n", mutated_lines),
    ("mp4chaps", "CHAPTER01=00:00:00.000\nCHAPTER01NAME=a\nCHAPTER02=00:01:02.5\n", mutated_lines),
    ("table", "#,Name,Start,End,Length\nR1,a,0:01.5,0:09.0,0:07.5\nM1,b,12.5,,\n", mutated_lines),
    ("Audition", "Name\tStart\tDuration\tTime Format\na\t0:01:10\t0:02:00\t75 fps\n", mutated_lines),
    ("Reaper", '<REAPER_PROJECT 0.1\n  MARKER 1 0.5 "a" 1\n  MARKER 1 9 "" 1\n>\n', mutated_lines),
    ("SRT", "1\n00:00:01,000 --> 00:00:09,500\nUn\n\n2\n00:00:10,000 --> 00:00:19,000\nDeux\n", mutated_lines),
    ("VTT", "WEBVTT\n\nNOTE a\n\n00:01.000 --> 00:09.500 line:0\n<v A>Un</v>\n", mutated_lines),
    ("ffmetadata", ";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=9\ntitle=a\\=b\n", mutated_lines),
)
"""The format, a text in it, and the mutation that knows what such a text is made of."""

CUE = 'FILE "a.wav" WAVE\n TRACK 01 AUDIO\n  TITLE "a"\n  INDEX 01 00:00:00\n'


def wav_with_marks() -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)

    cues = struct.pack("<I", 2) + b"".join(struct.pack("<II4sIII", n, n, b"data", 0, 0, n * 900) for n in (1, 2))
    labels = b"".join(chunk(b"labl", struct.pack("<I", n) + b"titre\0") for n in (1, 2))
    length = chunk(b"ltxt", struct.pack("<II4sHHHH", 1, 500, b"rgn ", 0, 0, 0, 0))
    point = "<SYNC_POINT><SYNC_POINT_TYPE>ABSOLUTE</SYNC_POINT_TYPE><SYNC_POINT_LOW>9</SYNC_POINT_LOW></SYNC_POINT>"
    chunks = (
        chunk(b"fmt ", struct.pack("<HHIIHH", 1, 1, RATE, RATE * 2, 2, 16)),
        chunk(b"bext", bytes(602)),
        chunk(b"iXML", point.encode()),
        chunk(b"data", bytes(100)),
        chunk(b"cue ", cues),
        chunk(b"LIST", b"adtl" + labels + length),
    )
    return b"RIFF" + struct.pack("<I", 4 + sum(map(len, chunks))) + b"WAVE" + b"".join(chunks)
