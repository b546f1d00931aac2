"""Several files imported as one recording: their order, their places, what is copied, what is said."""

from __future__ import annotations

import os
import struct
import threading
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from bobine import ffmpeg
from bobine.air.importing.importer import import_pads, import_recording
from bobine.errors import BobineError, Interrupted, MarksError, SoundError
from bobine.model.aired.as_run import MarksSource, Recording
from bobine.model.aired.remarks import RemarkKind
from bobine.model.episode import Episode, Item, ItemKind
from bobine.store.records.recordings import as_run_path, read_as_run
from tests.inputs import read

pytestmark = pytest.mark.integration

RATE = 16_000
ITEMS = (("debut", "Début", 10), ("milieu", "Milieu", 5), ("fin", "Fin", 5))
EPISODE = Episode(
    show="demo",
    date=date(2026, 11, 26),
    season=1,
    number=1,
    title="Essai",
    items=tuple(
        Item(id=key, title=title, kind=ItemKind.TALK, duration=timedelta(seconds=seconds))
        for key, title, seconds in ITEMS
    ),
)
Sound = NDArray[np.int16]


def show(seconds: int = 90) -> Sound:
    """Noise that rises and falls as speech does, at no regular time: shape (samples, 1)."""
    rng = np.random.default_rng(3)
    loud = np.repeat(rng.uniform(0.02, 1, seconds * 4), RATE // 4)
    noise = np.convolve(rng.normal(size=seconds * RATE), [0.3, 0.5, 0.3], "same")
    return (noise * loud * 6000).clip(-32_000, 32_000).astype("<i2")[:, np.newaxis]


SHOW = show()


def wav(path: Path, sound: Sound, rate: int = RATE, *, began: str = "", reference: int = 0) -> Path:
    """A WAV file; a broadcast one where it says when it began (« 2026-11-2618:00:00 »)."""
    data, channels = sound.tobytes(), sound.shape[1]
    chunks = [(b"fmt ", struct.pack("<HHIIHH", 1, channels, rate, 2 * channels * rate, 2 * channels, 16))]
    if began:
        chunks.insert(0, (b"bext", bytes(320) + began.encode() + struct.pack("<Q", reference) + bytes(256)))
    chunks.append((b"data", data))
    body = b"".join(name + struct.pack("<I", len(content)) + content for name, content in chunks)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"RIFF" + struct.pack("<I", 4 + len(body)) + b"WAVE" + body)
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    episode = tmp_path / "episodes" / "demo" / "2026-11-26"
    episode.mkdir(parents=True)
    return episode / "recording"


def split(folder: Path, names: list[str], shared: int = 0, **options: str) -> list[Path]:
    """The show in as many files; each but the first begins ``shared`` samples before the one before it ends."""
    bounds = [len(SHOW) * n // len(names) for n in range(len(names) + 1)]
    made = []
    for n, name in enumerate(names):
        path = wav(folder / Path(name).with_suffix(".wav"), SHOW[max(0, bounds[n] - shared * (n > 0)) : bounds[n + 1]])
        if not name.endswith(".wav"):
            coded = folder / name
            ffmpeg.run(["-y", *read(path), *(word for pair in options.items() for word in pair), str(coded)])
            path.unlink()
            path = coded
        made.append(path)
    return made


def places(recording: Recording) -> list[tuple[str, int]]:
    return [(part.origin, part.start) for part in recording.parts]


@pytest.mark.parametrize(
    "names",
    [
        ["ZOOM0001.wav", "ZOOM0002.wav", "ZOOM0010.wav"],
        ["a.flac", "b.flac"],
        ["20261126_180000.wav", "20261126_180030.wav", "20261126_180100.wav"],
        ["emission.wav", "emission-1.wav", "emission-2.wav", "emission-3.wav"],
        ["un.wav", "deux.flac", "trois.wav"],
    ],
)
@pytest.mark.parametrize("shared", [0, 4321])
def test_files_given_in_any_order_are_one_recording(
    folder: Path, tmp_path: Path, names: list[str], shared: int
) -> None:
    files = split(tmp_path / "card", names, shared)
    told = names[0] != "un.wav" or shared
    given = [files[-1], *files[:-1]] if told else files
    found = import_recording(EPISODE, folder, given)
    bounds = [len(SHOW) * n // len(names) for n in range(len(names))]
    assert places(found.as_run.recording) == [
        (name, bound - shared * (n > 0)) for n, (name, bound) in enumerate(zip(names, bounds, strict=True))
    ]
    assert found.as_run.recording.samples == len(SHOW)
    overlaps = [remark for remark in found.remarks if remark.at_s is not None]
    assert [remark.kind for remark in overlaps] == [RemarkKind.OVERLAP] * (len(names) - 1 if shared else 0)
    assert read_as_run(as_run_path(folder)) == found.as_run
    for part, path in zip(found.as_run.recording.parts, files, strict=True):
        assert (folder / part.file).read_bytes() == path.read_bytes()


@pytest.mark.parametrize(
    ("options", "near"), [({"-b:a": "128k"}, 40), ({"-q:a": "2"}, 40), ({"-b:a": "64k", "-ac": "2"}, 40)]
)
def test_overlapping_mp3_files_are_joined_within_a_few_milliseconds(
    folder: Path, tmp_path: Path, options: dict[str, str], near: int
) -> None:
    """What the encoder adds at the beginning of each file is left out as far as its header tells."""
    found = import_recording(EPISODE, folder, split(tmp_path, ["1.mp3", "2.mp3"], 5 * RATE, **options))
    (part,) = found.as_run.recording.following
    assert part.start == pytest.approx(40 * RATE, abs=near)


@pytest.mark.parametrize("gap", [0, 1000, RATE // 2, 5 * RATE, 61 * RATE])
def test_a_gap_that_a_broadcast_wav_counts_is_silence_to_the_sample(folder: Path, tmp_path: Path, gap: int) -> None:
    begin = 18 * 3600 * RATE
    wav(tmp_path / "x.wav", SHOW[: 40 * RATE], began="2026-11-2618:00:00", reference=begin)
    wav(tmp_path / "a.wav", SHOW[40 * RATE :], began="2026-11-2618:00:40", reference=begin + 40 * RATE + gap)
    found = import_recording(EPISODE, folder, [tmp_path / "a.wav", tmp_path / "x.wav"])
    assert places(found.as_run.recording) == [("x.wav", 0), ("a.wav", 40 * RATE + gap)]
    of_the_join = [one.kind for one in found.remarks if one.kind not in (RemarkKind.CHANNELS, RemarkKind.FORMAT)]
    assert of_the_join == ([RemarkKind.GAP] if gap else [])
    assert all(remark.at_s == 40 for remark in found.remarks if remark.kind is RemarkKind.GAP)


def test_rates_that_differ_are_counted_at_48_khz(folder: Path, tmp_path: Path) -> None:
    one = wav(tmp_path / "1.wav", SHOW[: 40 * RATE])
    two = wav(tmp_path / "2.wav", np.repeat(SHOW, 2, axis=1), 24_000)
    recording = import_recording(EPISODE, folder, [two, one]).as_run.recording
    assert (recording.rate, recording.channels) == (48_000, 2)
    assert [(part.start, part.samples) for part in recording.parts] == [
        (0, 40 * 48_000),
        (40 * 48_000, 2 * len(SHOW)),
    ]


def test_a_file_given_twice_is_there_once(folder: Path, tmp_path: Path) -> None:
    one, two = split(tmp_path, ["1.wav", "2.wav"])
    again = tmp_path / "ailleurs" / "1.wav"
    again.parent.mkdir()
    again.write_bytes(one.read_bytes())
    recording = import_recording(EPISODE, folder, [two, one, again, one]).as_run.recording
    assert places(recording) == [("1.wav", 0), ("2.wav", len(SHOW) // 2)]


def test_several_files_again_add_nothing_and_one_more_is_the_whole(folder: Path, tmp_path: Path) -> None:
    files = split(tmp_path, ["1.wav", "2.wav", "3.wav"])
    first = import_recording(EPISODE, folder, files[:2])
    again = import_recording(EPISODE, folder, files[1::-1])
    assert again.as_run == first.as_run
    assert len(list(folder.iterdir())) == 3
    whole = import_recording(EPISODE, folder, files)
    assert whole.as_run.recording.samples == len(SHOW)
    assert whole.others == ()
    assert whole.as_run.recording.digest not in (first.as_run.recording.digest, whole.as_run.recording.sha256)
    alone = import_recording(EPISODE, folder, files[0])
    assert alone.as_run.recording.digest == alone.as_run.recording.sha256
    assert {one.file for one in alone.others} == {part.file for part in whole.as_run.recording.following}


@pytest.mark.parametrize("parts", [1, 3])
def test_what_was_attached_with_marks_places_what_comes_in_several_files(
    folder: Path, tmp_path: Path, parts: int
) -> None:
    """Marks made on one form of the recording hold on the other, 2.5 seconds later."""
    marks = tmp_path / "marks.txt"
    marks.write_text("2\t20\tDébut\n20\t50\tMilieu\n50\t85\tFin\n", "utf-8")
    first = split(tmp_path / "1", [f"{n}.wav" for n in range(parts)])
    import_recording(EPISODE, folder, first, marks)
    late = [wav(tmp_path / "2" / "0.wav", np.concatenate((SHOW[-int(2.5 * RATE) :], SHOW[: 30 * RATE])))]
    late.append(wav(tmp_path / "2" / "1.wav", SHOW[30 * RATE :]))
    found = import_recording(EPISODE, folder, late if parts == 1 else [late[1], late[0]])
    assert found.as_run.source is MarksSource.MARKS
    assert found.aligned is not None
    starts = [item.start / RATE for item in found.as_run.items]
    assert starts == pytest.approx([4.5, 22.5, 52.5], abs=0.02)
    assert not [path.name for path in folder.iterdir() if path.name.startswith(".")]


@pytest.mark.parametrize("bad", ["silent", "truncated", "text", "missing", "folder"])
def test_one_bad_file_refuses_all_and_leaves_all_as_it_was(folder: Path, tmp_path: Path, bad: str) -> None:
    files = split(tmp_path, ["1.wav", "2.wav", "3.wav"])
    before = import_recording(EPISODE, folder, files[0]).as_run
    match bad:
        case "silent":
            files = [wav(tmp_path / f"{n}.wav", np.zeros_like(SHOW)) for n in range(2)]
        case "truncated":
            os.truncate(files[1], files[1].stat().st_size // 2)
        case "text":
            files[1].write_text("rien\n" * 99)
        case "missing":
            files[1].unlink()
        case _:
            files[1] = tmp_path
    with pytest.raises(SoundError):
        import_recording(EPISODE, folder, files)
    assert read_as_run(as_run_path(folder)) == before
    assert len(list(folder.iterdir())) == 2


def test_a_silent_file_among_others_stays(folder: Path, tmp_path: Path) -> None:
    one = wav(tmp_path / "1.wav", SHOW)
    two = wav(tmp_path / "2.wav", np.zeros_like(SHOW[: 5 * RATE]))
    assert import_recording(EPISODE, folder, [one, two]).as_run.recording.samples == 95 * RATE


@pytest.mark.parametrize("share", [0.1, 0.55, 0.8, 0.99])
def test_an_import_that_is_stopped_adds_no_file(folder: Path, tmp_path: Path, share: float) -> None:
    files = split(tmp_path, ["1.wav", "2.wav", "3.wav"])
    before = import_recording(EPISODE, folder, files[0]).as_run
    cancel = threading.Event()

    def stop(done: float) -> None:
        if done >= share:
            cancel.set()

    with pytest.raises(Interrupted):
        import_recording(EPISODE, folder, files, progress=stop, cancel=cancel)
    assert read_as_run(as_run_path(folder)) == before
    assert {path.name for path in folder.iterdir()} == {"as_run.toml", before.recording.file}


def test_the_room_for_all_is_asked_before_one_is_copied(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = split(tmp_path, ["1.wav", "2.wav"])
    usage = type("Usage", (), {"free": 16_000_000 + files[0].stat().st_size + 10})
    monkeypatch.setattr("shutil.disk_usage", lambda _path: usage)
    with pytest.raises(BobineError, match="libérez de la place"):
        import_recording(EPISODE, folder, files)
    assert not list(folder.glob("recording*"))
    import_recording(EPISODE, folder, files[0])


def test_marks_count_over_all_files(folder: Path, tmp_path: Path) -> None:
    marks = tmp_path / "marks.txt"
    marks.write_text("0\t20\tDébut\n20\t50\tMilieu\n50\t90\tFin\n", "utf-8")
    files = split(tmp_path, ["1.wav", "2.wav", "3.wav"])
    found = import_recording(EPISODE, folder, files, marks)
    assert [(item.start, item.end) for item in found.as_run.items] == [
        (0, 20 * RATE), (20 * RATE, 50 * RATE), (50 * RATE, 90 * RATE)
    ]  # fmt: skip
    with pytest.raises(MarksError):
        import_recording(EPISODE, folder, files[:2], marks)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1), (0, 1, 0), (1,), (0, 0)])
def test_pads_are_a_recording_in_the_order_of_the_rundown(folder: Path, tmp_path: Path, order: tuple[int, ...]) -> None:
    """A sound that two items have is copied once."""
    files = [wav(tmp_path / "b.wav", SHOW[: 3 * RATE]), wav(tmp_path / "a.wav", SHOW[RATE:], 32_000),
             wav(tmp_path / "c.wav", SHOW[: 2 * RATE])]  # fmt: skip
    pads = [(f"item-{n}", files[place]) for n, place in enumerate(order)]
    as_run = import_pads(EPISODE, folder, pads).as_run
    place, lengths = 0.0, [3.0, 89 / 2, 2.0]
    for aired, wanted in zip(as_run.items, order, strict=True):
        assert aired.start / as_run.recording.rate == pytest.approx(place)
        place += lengths[wanted]
        assert aired.end / as_run.recording.rate == pytest.approx(place)
    assert read_as_run(as_run_path(folder)) == as_run
    assert len(list(folder.glob("recording-*"))) == len(set(order))
