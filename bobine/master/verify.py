"""Say by how much a rendered podcast misses its targets, and why. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bobine.french import decimal
from bobine.master.edit import Segment
from bobine.master.levelling.levels import spread
from bobine.master.levelling.loudness import HOP_S, Reading
from bobine.model.show import AudioFormat, Sound
from bobine.model.written.durations import clock

_IMPOSSIBLE_PEAK_DBFS = 24.0
"""No sound that was recorded on purpose goes so far over full scale, even in floats."""

_NEARLY_SILENT_LUFS = -45.0
"""Below this there is no voice to raise, whatever the most gain is: only noise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """One item of one format.

    Attributes:
        title: the item's.
        spoken: whether it is speech.
        recorded: what was measured of it as recorded, peaks in dBFS.
        segment: what it is made of.
        take: what the file is called that stands in its place; empty for the recording.
        gain_db: the gain that it got, dB.
        voice_lufs: how loud its voice is in the decoded sound, LUFS; None for silence.
    """

    title: str
    spoken: bool
    recorded: Reading
    segment: Segment
    gain_db: float
    voice_lufs: float | None
    take: str = ""

    @property
    def fault(self) -> str:
        """A French sentence about impossible samples in the item, with their place; empty where there are none."""
        if self.recorded.peak_db <= _IMPOSSIBLE_PEAK_DBFS or not self.recorded.momentary:
            return ""
        blocks = self.recorded.momentary
        _, at_s = self.segment.file_position((blocks.index(max(blocks)) + 3) * HOP_S)
        where = f"« {self.take} »" if self.take else "l'enregistrement"
        return (
            f"« {self.title} » : une crête de +{decimal(self.recorded.peak_db)} dBFS vers {clock(at_s)} de "
            f"{where}, qu'aucun son n'atteint : le fichier y est abîmé ; réparez-le ou "
            "remplacez-le, puis importez-le de nouveau."
        )


def misses(audio_format: AudioFormat, whole: Reading, items: Sequence[Heard], sound: Sound) -> list[str]:
    """One French sentence for each target that the decoded sound does not meet; none when it is right.

    Args:
        audio_format: which file this is about.
        whole: the reading of the whole decoded file, peaks in dBTP.
        items: its items.
        sound: the targets.
    """
    name = audio_format.value.upper()
    level = whole.integrated_lufs
    if level is None:
        return [f"{name} : le montage est silencieux ; vérifiez l'enregistrement et ses repères."]
    found = []
    off = level - sound.integrated_lufs
    if abs(off) > sound.tolerance_lu:
        found.append(
            f"{name} : {decimal(level)} LUFS au lieu de {decimal(sound.integrated_lufs)} "
            f"(écart de {decimal(off, 2)} LU, {decimal(sound.tolerance_lu)} admis)."
        )
    if whole.peak_db > sound.true_peak_dbtp:
        found.append(
            f"{name} : crête vraie de {decimal(whole.peak_db, 2)} dBTP, au-dessus de la limite de "
            f"{decimal(sound.true_peak_dbtp, 2)} dBTP."
        )
    spoken = [(one.voice_lufs, one.title) for one in items if one.spoken and one.voice_lufs is not None]
    apart = spread([voice for voice, _ in spoken])
    if apart > sound.spread_lu:
        (low, quiet), (high, loud) = min(spoken), max(spoken)
        found.append(
            f"{name} : {decimal(apart)} LU entre « {quiet} » ({decimal(low)} LUFS) et "
            f"« {loud} » ({decimal(high)} LUFS), {decimal(sound.spread_lu)} admis."
        )
    return found + _causes(items, sound) if found else []


def _causes(items: Sequence[Heard], sound: Sound) -> list[str]:
    """Explanations found in the recording, item by item."""
    found = []
    for one in items:
        level = one.recorded.integrated_lufs
        if one.fault:
            found.append(one.fault)
        elif level is not None and level < _NEARLY_SILENT_LUFS and level + sound.max_gain_db < sound.integrated_lufs:
            found.append(
                f"« {one.title} » est presque silencieux dans l'enregistrement ({decimal(level)} LUFS) : aucun réglage "
                "n'en fera une voix. Si ses repères sont justes, son micro n'était pas ouvert : prenez un autre son "
                'pour lui, ou écartez-le du podcast (podcast = "cut").'
            )
        elif level is not None and level + sound.max_gain_db < sound.integrated_lufs - sound.spread_lu:
            found.append(
                f"« {one.title} » est enregistré à {decimal(level)} LUFS : relevé de {decimal(sound.max_gain_db)} dB, "
                "le plus permis (max_gain_db), il reste trop faible. Si ses repères sont justes, son micro n'était pas "
                'ouvert ou pas réglé : prenez un autre son pour lui, ou écartez-le du podcast (podcast = "cut").'
            )
    return found
