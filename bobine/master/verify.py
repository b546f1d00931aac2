"""Says by how much a rendered podcast misses its targets. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bobine.french import decimal
from bobine.master.edit import Segment
from bobine.master.levels import spread
from bobine.master.loudness import Reading
from bobine.model.episode import Item
from bobine.model.show import AudioFormat, Sound


def misses(
    audio_format: AudioFormat,
    whole: Reading,
    readings: Sequence[Reading],
    segments: Sequence[Segment],
    items: Mapping[str, Item],
    sound: Sound,
) -> list[str]:
    """One French sentence for each target that the decoded sound does not meet; none when it is right.

    Args:
        audio_format: which file this is about.
        whole: the reading of the whole decoded file, peaks in dBTP.
        readings: the reading of each segment in it.
        segments: the segments, in the same order.
        items: the rundown's items by id.
        sound: the targets.
    """
    name = audio_format.value.upper()
    found = []
    level = whole.integrated_lufs
    if level is None:
        return [f"{name} : le montage est silencieux ; vérifiez l'enregistrement et ses repères."]
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
    spoken = [
        (reading.integrated_lufs, items[segment.item].title)
        for reading, segment in zip(readings, segments, strict=True)
        if items[segment.item].kind.spoken and reading.integrated_lufs is not None
    ]
    apart = spread([heard for heard, _ in spoken])
    if apart > sound.spread_lu:
        (low, quiet), (high, loud) = min(spoken), max(spoken)
        found.append(
            f"{name} : {decimal(apart)} LU entre « {quiet} » ({decimal(low)} LUFS) et "
            f"« {loud} » ({decimal(high)} LUFS), {decimal(sound.spread_lu)} admis ; si un élément est trop faible, "
            "augmentez max_gain_db dans shows.toml."
        )
    return found
