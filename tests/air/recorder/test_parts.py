"""The recorder's small parts: argument lists, stopping twice, what is published, how it goes on."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bobine.air.recorder import resume
from bobine.air.recorder.clocks import boot, steady
from bobine.air.recorder.inputs.ffmpeg_options import Wanted, arguments
from bobine.air.recorder.levels import Levels, Meter
from bobine.air.recorder.link import status
from bobine.air.recorder.link.alarms import alarms
from bobine.air.recorder.link.folder import Order, RecorderFolder
from bobine.air.recorder.link.status import Copy, Publisher, State, Status
from bobine.air.recorder.stopping import TwiceTold
from bobine.air.recorder.wav import header
from bobine.ffmpeg_input import CONTAINERS
from bobine.model.recording import InputKind, parse_input

START = "-nostdin -hide_banner -nostats -loglevel error"
METER = "[metered]ebur128=metadata=1,ametadata=mode=print:file='pipe\\:2':direct=1,anullsink"
END = "-map [kept] -flush_packets 1 -f s16le pipe:1"
DEVICE = "-protocol_whitelist pipe -format_whitelist"
STREAM = (
    "-protocol_whitelist http,https,tcp,tls,crypto,httpproxy "
    "-format_whitelist aac,flac,mp3,ogg,mpegts,matroska,webm,mov,wav"
)
ASKED = "-sample_rate 48000 -channels 2"
FILE = f"-protocol_whitelist file -format_whitelist {CONTAINERS}"
QUICK = "-fflags nobuffer -probesize 32 -analyzeduration 0"


def graph(channels: str = "stereo", rate: int = 48000, before: str = "") -> str:
    kept = f"[0:a:0]{before}aresample={rate},aformat=sample_fmts=s16:channel_layouts={channels},asplit=2[kept][metered]"
    return f"-filter_complex {kept};{METER}"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "pulse:default",
            f"{DEVICE} pulse -f pulse -name Bobine -fragment_size 9600 {ASKED} {QUICK} -i default {graph()}",
        ),
        (
            "alsa:hw:0",
            f"{DEVICE} alsa -f alsa -sample_rate 48000 -channels 2 {QUICK} -i hw:0 {graph()}",
        ),
        ("jack:bobine", f"{DEVICE} jack -f jack -channels 2 {QUICK} -i bobine {graph()}"),
        (
            "https://radio.example/live.mp3",
            f"{STREAM} -rw_timeout 8000000 -i https://radio.example/live.mp3 {graph()}",
        ),
        (
            "file:/a/-b.wav",
            f"{FILE} -ss 1.500000 -i file:/a/-b.wav {graph(before='arealtime=speed=8,')}",
        ),
    ],
)
def test_what_ffmpeg_is_told(text: str, wanted: str) -> None:
    begin = 1.5 if text.startswith("file") else 0
    found = arguments(parse_input(text), Wanted(rate=48000, channels=2), begin_s=begin, speed=8)
    assert " ".join(found) == f"{START} {wanted} {END}"


def test_a_mono_recording_at_another_rate() -> None:
    found = " ".join(arguments(parse_input("pulse:mic"), Wanted(rate=44100, channels=1)))
    assert "-fragment_size 4410 -sample_rate 44100 -channels 1" in found
    assert graph("mono", 44100) in found


@pytest.mark.parametrize("text", ["", "pulse:", "pulse", "concat:a", "stream:https://a", "-f:x", ":x"])
def test_what_is_no_input(text: str) -> None:
    with pytest.raises(ValueError):
        parse_input(text)


def test_it_stops_when_told_twice_and_no_sooner() -> None:
    twice = TwiceTold(5)
    for told, now, asked, stop in [
        (5, 0.0, False, False),
        (6, 1.0, True, False),
        (7, 1.1, True, False),
        (7, 12.0, False, False),
        (8, 13.0, True, False),
        (10, 13.2, True, False),
        (11, 14.0, True, True),
    ]:
        twice.look(told, now)
        assert (twice.asked, twice.stop) == (asked, stop), now


def said(**changes: object) -> Status:
    base = Status(
        run="r", state=State.RECORDING, file="antenne.wav", rate=48000, channels=2, position=48000, epoch=steady() - 1,
        pace=48000.0, at=steady(), boot=boot(), utc=datetime.now(UTC),
        copies=(Copy(path="é", samples=3, minutes_left=29),),
    )  # fmt: skip
    return replace(base, **changes)  # type: ignore[arg-type]


def test_what_is_published_is_read_back_and_one_place_is_always_whole(tmp_path: Path) -> None:
    path = tmp_path / "status"
    assert status.read(path) is None
    first, second = said(), said(position=96000)
    Publisher(path).publish(first)
    assert status.read(path) == first
    Publisher(path).publish(second)
    assert status.read(path) == second
    assert second.copies[0].is_low
    content = bytearray(path.read_bytes())
    content[content.index(b"96000")] = ord("7")
    path.write_bytes(content)
    assert status.read(path) == first
    path.write_bytes(b"")
    assert status.read(path) is None


def test_a_position_is_told_by_the_clock() -> None:
    found = said(epoch=100.0)
    assert found.position_at(102.5) == 120_000
    assert found.position_at(99) == 0
    assert replace(found, boot="another").position_at(102.5) is None
    assert replace(found, epoch=None).position_at(102.5) is None


def order(folder: Path, **changes: object) -> Order:
    base = Order(
        run="r",
        source=parse_input("pulse:x"),
        rate=48000,
        channels=2,
        silence_s=5,
        journal=str(folder.parent / "journal.jsonl"),
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def test_an_order_is_read_back(tmp_path: Path) -> None:
    place = RecorderFolder(tmp_path)
    assert place.read_order() is None
    place.make()
    place.write_order(order(tmp_path))
    assert place.read_order() == order(tmp_path)
    assert order(tmp_path).source.kind is InputKind.PULSE
    place.forget_order()
    assert place.read_order() is None


@pytest.mark.boundary
@pytest.mark.parametrize(
    "changes",
    [
        {"journal": "/root/.bashrc"},
        {"journal": "/etc/cron.d/journal.jsonl"},
        {"journal": "journal.jsonl"},
        {"second_root": "/media/usb", "second": "/root"},
        {"second_root": "/media/usb", "second": "/media/usb/../../root"},
        {"second_root": "/media/usb", "second": "/media/usb2/recording"},
    ],
)
def test_an_order_that_writes_elsewhere_is_none(
    changes: dict[str, str], tmp_path: Path, attempt: Callable[[str], AbstractContextManager[None]]
) -> None:
    place = RecorderFolder(tmp_path)
    place.make()
    with attempt("a recorder's order put there by somebody else"):
        place.write_order(order(tmp_path, **changes))
        assert place.read_own_order() is None
        place.write_order(order(tmp_path))
        assert place.read_own_order() == order(tmp_path)


def test_where_a_recording_goes_on(tmp_path: Path) -> None:
    file = tmp_path / "antenne.wav"
    asked = order(tmp_path)
    assert resume.beginning(asked, tmp_path, None) == resume.Beginning("antenne.wav", 0, None)
    file.write_bytes(header(48000, 2, 0) + bytes(4 * 96000))
    now = said(epoch=steady() - 10)
    assert resume.beginning(asked, tmp_path, now) == resume.Beginning("antenne.wav", 96000, now.epoch)
    assert resume.beginning(asked, tmp_path, None) == resume.Beginning("antenne.wav", 96000, None)
    long_ago = said(epoch=steady() - 3600)
    fresh = resume.Beginning("antenne-2.wav", 0, None)
    assert resume.beginning(asked, tmp_path, long_ago) == fresh
    assert resume.beginning(replace(asked, channels=1), tmp_path, now) == fresh
    (tmp_path / "antenne-2.wav").write_bytes(b"something else")
    assert resume.beginning(asked, tmp_path, now).file == "antenne-3.wav"


def test_after_a_power_cut_only_the_wall_clock_went_on(tmp_path: Path) -> None:
    (tmp_path / "antenne.wav").write_bytes(header(48000, 2, 0) + bytes(4 * 96000))
    cut = said(boot="before", at=7000.0, epoch=6998.0, utc=datetime.now(UTC) - timedelta(seconds=60))
    found = resume.beginning(order(tmp_path), tmp_path, cut)
    assert found.epoch is not None
    assert steady() - found.epoch == pytest.approx(62, abs=1)
    # the battery of the clock was empty: it cannot be told how long it took
    cut = replace(cut, utc=datetime.now(UTC) + timedelta(days=900))
    found = resume.beginning(order(tmp_path), tmp_path, cut)
    assert found.epoch is not None
    assert steady() - found.epoch == pytest.approx(2, abs=1)


def test_the_meter_reads_what_ffmpeg_prints() -> None:
    meter = Meter(48000, 2)
    assert meter.read_line("frame:3    pts:4800    pts_time:0.1")
    assert meter.read_line("lavfi.r128.M=-23.04")
    assert meter.read_line("lavfi.r128.S=nan")
    assert meter.read_line("lavfi.r128.LRA=1")
    assert not meter.read_line("studio.monitor: Generic error")
    meter.hear(b"\xff\x7f\x00\x40" * 4800)
    levels = meter.levels()
    assert levels.peaks_dbfs == (0.0, -6.0)
    assert (levels.momentary_lufs, levels.short_term_lufs, levels.clipped) == (-23.0, None, 4800)
    meter.read_line("lavfi.r128.M=-inf")
    meter.hear(bytes(4 * 48000))
    assert meter.levels().peaks_dbfs == (None, None)
    for _ in range(60):
        meter.hear(bytes(4 * 4800))
    assert meter.levels().silence_s == pytest.approx(6.4, abs=0.1)


def test_what_must_be_said_aloud() -> None:
    assert alarms(said(copies=(Copy(path="/a/b.wav", samples=3, minutes_left=31),))) == ()
    wrong = said(
        detail="L'entrée est perdue.",
        silent=True,
        levels=Levels(silence_s=6.2),
        stop_asked=True,
        copies=(
            Copy(path="/a/b.wav", samples=3, minutes_left=29),
            Copy(path="/c/b.wav", samples=3, minutes_left=0, fault="Plein."),
        ),
    )
    assert alarms(wrong) == (
        "L'entrée est perdue.",
        "Plein.",
        "Il reste 29 min de place dans « /a » : libérez-en.",
        "Silence depuis 6 s.",
        "Arrêt demandé une fois : l'enregistrement continue.",
    )
