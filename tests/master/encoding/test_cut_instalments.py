"""An item's own sound, cut out of a finished MP3 at frames: nothing of its neighbours, nothing lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from bobine import ffmpeg
from bobine.errors import MasterError
from bobine.evening.online.instalments import with_instalments
from bobine.master.encoding.codecs import Mp3
from bobine.model.episode import Episode, Item, ItemKind
from bobine.model.published.master import Manifest, MasteredItem, MasterFile
from bobine.model.show import AudioFormat, Chronique
from bobine.publish.cover.draw import show_cover
from bobine.publish.tags import untagged
from tests.inputs import made, read
from tests.publish.samples import GUID, SHOW, release

pytestmark = pytest.mark.integration

OWN = replace(SHOW, chroniques=(Chronique(id="pedro", title="Pedro", feed=True), Chronique(id="rock", title="Rock")))
FIRST, LAST = 1.2, 2.4
ITEMS = tuple(
    Item(id=name, title=name, kind=ItemKind.TALK, duration=timedelta(seconds=1), chronique=chronique, instalment=4)
    for name, chronique in (("avant", "rock"), ("proces", "pedro"), ("apres", None), ("ecarte", "pedro"))
)
PLAN = Episode(show=SHOW.slug, date=date(2026, 11, 26), season=8, number=7, title="Une émission", items=ITEMS)
MANIFEST = Manifest(
    recording_sha256="",
    files=(
        MasterFile(format=AudioFormat.MP3, file="podcast.mp3", sha256="", integrated_lufs=-16, true_peak_dbtp=-1,
                   lra_lu=1, duration_s=3.6, kbps=128),
    ),
    items=(
        MasteredItem(id="avant", title="", kept=True, start_s=0, end_s=FIRST),
        MasteredItem(id="proces", title="", kept=True, start_s=FIRST, end_s=LAST),
        MasteredItem(id="apres", title="", kept=True, start_s=LAST, end_s=3.6),
        MasteredItem(id="ecarte", title="", kept=False),
    ),
)  # fmt: skip


@pytest.fixture
def staging(tmp_path: Path) -> Path:
    """Three tones, each as long as its item, 1105 samples late as decoded sound is."""
    late = 1105 / 48_000
    tone = f"aevalsrc='0.3*sin(2*PI*t*if(lt(t,{FIRST - late}),300,if(lt(t,{LAST - late}),900,2700)))':s=48000:d=3.6"
    options: list[str] = []
    for name, value in {"b:a": "128k", "reservoir": 0, "write_xing": 0, "id3v2_version": 0}.items():
        options += [f"-{name}", str(value)]
    path = tmp_path / "podcast.mp3"
    ffmpeg.run([*made(tone), "-ac", "2", "-c:a", "libmp3lame", *options, "-f", "mp3", str(path)])
    (tmp_path / "cover.jpg").write_bytes(show_cover("Fil", "", ""))
    return tmp_path


def loudest(sound: np.ndarray) -> int:
    spectrum = np.abs(np.fft.rfft(sound * np.hanning(len(sound))))
    return round(float(np.fft.rfftfreq(len(sound), 1 / 48_000)[spectrum.argmax()]))


def test_it_is_the_items_frames_and_no_others(staging: Path) -> None:
    whole = staging / "podcast.mp3"
    built, files = with_instalments(OWN, PLAN, MANIFEST, release(), GUID, staging / "cover.jpg", staging)
    (one,) = built.instalments
    assert (one.item, one.chronique, one.duration_s) == ("proces", "pedro", 1)
    assert one.audio.file.key.startswith(f"{SHOW.slug}/chroniques/pedro/2026-11-26-proces-")
    (path,) = files.values()
    frames = Mp3(128, 0).split(untagged(path.read_bytes()))
    assert len(frames) == round((LAST - FIRST) / 0.024)
    assert b"".join(frames) in whole.read_bytes(), "copied as they are"
    decoded = ffmpeg.run([*read(path), "-ac", "1", "-f", "f32le", "-"]).output
    sound = np.frombuffer(decoded, dtype="<f4")
    assert abs(loudest(sound[2400:-4800]) - 900) <= 25
    assert np.abs(sound[1152:]).max() < 0.4, "no click after the first frame"
    again, _ = with_instalments(OWN, PLAN, MANIFEST, release(), GUID, staging / "cover.jpg", staging)
    assert again == built


def test_without_a_feed_nothing_is_cut_and_a_damaged_master_is_refused(staging: Path) -> None:
    plain = replace(OWN, chroniques=())
    assert with_instalments(plain, PLAN, MANIFEST, release(), GUID, staging / "x", staging) == (release(), {})
    with (staging / "podcast.mp3").open("ab") as stream:
        stream.write(b"x")
    with pytest.raises(MasterError, match="refaites le montage"):
        with_instalments(OWN, PLAN, MANIFEST, release(), GUID, staging / "cover.jpg", staging)
