"""Sound files that hold marks, made byte by byte or by ffmpeg, and what tests know of them."""

from __future__ import annotations

import struct
from pathlib import Path

from bobine import ffmpeg, ffmpeg_input
from tests.inputs import made

RATE = 8000
FMT = struct.pack("<HHIIHH", 1, 1, RATE, RATE * 2, 2, 16)


def chunk(name: bytes, body: bytes, size: int | None = None) -> bytes:
    return name + struct.pack("<I", len(body) if size is None else size) + body + b"\0" * (len(body) % 2)


def riff(*chunks: bytes, form: bytes = b"RIFF", size: int | None = None) -> bytes:
    body = b"WAVE" + b"".join(chunks)
    return form + struct.pack("<I", len(body) if size is None else size) + body


def cue(*positions: int, play_alone: bool = False) -> bytes:
    points = (
        struct.pack("<II4sIII", number, at, b"data", 0, 0, 0 if play_alone else at)
        for number, at in enumerate(positions, 1)
    )
    return chunk(b"cue ", struct.pack("<I", len(positions)) + b"".join(points))


def labels(*texts: bytes, lengths: tuple[int, ...] = ()) -> bytes:
    named = (chunk(b"labl", struct.pack("<I", number) + text + b"\0") for number, text in enumerate(texts, 1))
    long = (
        chunk(b"ltxt", struct.pack("<II4sHHHH", number, length, b"rgn ", 0, 0, 0, 0))
        for number, length in enumerate(lengths, 1)
    )
    return chunk(b"LIST", b"adtl" + b"".join(named) + b"".join(long))


SOUND = chunk(b"data", bytes(2 * 6 * RATE))
TITLES = ("Générique".encode(), b"Accueil")
IXML = "<BWFXML><SYNC_POINT_LIST><SYNC_POINT_COUNT>2</SYNC_POINT_COUNT>{}</SYNC_POINT_LIST></BWFXML>"


def sync_point(low: int, title: str, kind: str = "RELATIVE", high: int = 0) -> str:
    return (
        f"<SYNC_POINT><SYNC_POINT_TYPE>{kind}</SYNC_POINT_TYPE><SYNC_POINT_FUNCTION>SLATE_GENERIC</SYNC_POINT_FUNCTION>"
        f"<SYNC_POINT_COMMENT>{title}</SYNC_POINT_COMMENT><SYNC_POINT_LOW>{low}</SYNC_POINT_LOW>"
        f"<SYNC_POINT_HIGH>{high}</SYNC_POINT_HIGH><SYNC_POINT_EVENT_DURATION>0</SYNC_POINT_EVENT_DURATION></SYNC_POINT>"
    )


def bext(reference: int) -> bytes:
    return chunk(b"bext", bytes(338) + struct.pack("<Q", reference) + bytes(256))


def ixml(*points: str) -> bytes:
    return chunk(b"iXML", IXML.format("".join(points)).encode())


WAVS = {
    "cue and labels behind the sound": riff(chunk(b"fmt ", FMT), SOUND, cue(0, 16_000), labels(*TITLES)),
    "before it": riff(chunk(b"fmt ", FMT), cue(0, 16_000), labels(*TITLES), SOUND),
    "out of order": riff(chunk(b"fmt ", FMT), SOUND, cue(16_000, 0), labels(*reversed(TITLES))),
    "cp1252": riff(chunk(b"fmt ", FMT), SOUND, cue(0, 16_000), labels("Générique".encode("cp1252"), b"Accueil")),
    "order of play alone": riff(chunk(b"fmt ", FMT), SOUND, cue(0, 16_000, play_alone=True), labels(*TITLES)),
    "regions": riff(chunk(b"fmt ", FMT), SOUND, cue(0, 16_000), labels(*TITLES, lengths=(16_000, 32_000))),
    "another list before": riff(
        chunk(b"fmt ", FMT), chunk(b"LIST", b"INFO" + chunk(b"INAM", b"Titre")), SOUND, cue(0, 16_000), labels(*TITLES)
    ),
    "RF64": riff(
        chunk(b"ds64", struct.pack("<QQQI", 0, 2 * 6 * RATE, 6 * RATE, 0)), chunk(b"fmt ", FMT),
        chunk(b"data", bytes(2 * 6 * RATE), 0xFFFFFFFF), cue(0, 16_000), labels(*TITLES), form=b"RF64", size=0xFFFFFFFF,
    ),
    "iXML": riff(
        chunk(b"fmt ", FMT), ixml(sync_point(0, "G&#233;n&#233;rique"), sync_point(16_000, "Accueil")), SOUND
    ),
    "iXML since midnight": riff(
        chunk(b"fmt ", FMT), bext(2**33 + 5),
        ixml(sync_point(5, "Générique", "ABSOLUTE", 2), sync_point(16_005, "Accueil", "ABSOLUTE", 2)), SOUND,
    ),
    "cue before iXML": riff(chunk(b"fmt ", FMT), SOUND, cue(0, 16_000), labels(*TITLES), ixml(sync_point(9, "x"))),
}  # fmt: skip

CHAPTERS = (
    ";FFMETADATA1\ntitle=Émission\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=2345\ntitle=Générique\n"
    "[CHAPTER]\nTIMEBASE=1/1000\nSTART=2345\nEND=6000\ntitle=Accueil, sommaire\n"
)


def encoded(path: Path, *options: str) -> Path:
    """Six seconds of sound with two chapters in the container that the name says."""
    text = path.with_name("chapitres.txt")
    text.write_text(CHAPTERS, "utf-8")
    chapters = ffmpeg_input.as_arguments(
        {"protocol_whitelist": "file", "format_whitelist": "ffmetadata"}, ffmpeg.local_file(text)
    )
    sound = [*made("sine=d=6:r=48000"), *chapters, "-map", "0:a", "-map_metadata", "1", "-map_chapters", "1"]
    ffmpeg.run(["-y", *sound, *options, ffmpeg.local_file(path)])
    return path
