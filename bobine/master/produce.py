"""From an episode's recording to its audio files and their manifest."""

from __future__ import annotations

import math
import threading
from collections.abc import Sequence
from pathlib import Path

from bobine.errors import MasterError, RightsError, SoundError
from bobine.french import decimal
from bobine.master.edit import RATE, Segment, edit_list, to_rate
from bobine.master.loudness import Reading, holes, loudness_range
from bobine.master.render import Rendered, Renderer
from bobine.master.source import readable_source
from bobine.master.verify import misses
from bobine.master.work import Gauge, Progress
from bobine.model.as_run import AsRun
from bobine.model.episode import Episode
from bobine.model.master import DeadAir, Manifest, MasteredItem, MasterFile
from bobine.model.rights import podcast_edit
from bobine.model.show import AudioFormat, Sound

_LOWEST_PEAK_DBTP = -120.0


def produce(
    episode: Episode,
    as_run: AsRun,
    recording: Path,
    sound: Sound,
    formats: tuple[AudioFormat, ...],
    folder: Path,
    progress: Progress,
    cancel: threading.Event,
) -> Manifest:
    """Make the podcast's audio files in ``folder`` (``podcast.mp3``, ``podcast.opus``), untagged.

    Args:
        episode: the plan, with rights and consents.
        as_run: the recording's description and the aired items.
        recording: the recording itself.
        sound: what to aim at.
        formats: what to make, the main one first.
        folder: an existing folder of one's own, emptied by the caller.
        progress: told how far the work is.
        cancel: once set, the work stops.

    Returns:
        The manifest; the files' digests are left empty, for the caller to fill in once the files are tagged.

    Raises:
        RightsError: if a right or a consent of an aired item is not known.
        MarksError: if an item is too short, or none is left.
        SoundError: if the recording cannot be decoded, or is silent.
        MasterError: if the decoded result misses a target, saying by how much.
        Interrupted, DiskError, ToolError: as ``ffmpeg.run`` does.
    """
    edit = podcast_edit(episode, {aired.id for aired in as_run.items})
    if edit.unknown:
        raise RightsError(
            "Le podcast ne peut pas être monté tant que ceci n'est pas réglé :\n" + "\n".join(edit.unknown)
        )
    segments = edit_list(as_run, edit.left_out)
    last = max(segment.source + segment.samples for segment in segments)
    source = readable_source(recording, last, folder, cancel)
    renderer = Renderer(source, segments, sound, folder, Gauge(progress), cancel)
    readings = renderer.measure_source()
    if all(reading.integrated_lufs is None for reading in readings):
        raise SoundError("L'enregistrement est silencieux d'un bout à l'autre : rien à monter.")
    renderings = renderer.render(readings, formats)
    items = {item.id: item for item in episode.items}
    problems = [
        problem
        for rendered in renderings
        for problem in misses(rendered.format, rendered.whole, rendered.items, segments, items, sound)
    ]
    if problems:
        for rendered in renderings:
            rendered.path.unlink()
        raise MasterError("Le montage manque ses cibles :\n" + "\n".join(problems))
    files = tuple(_described(rendered, segments) for rendered in renderings)
    mastered = _mastered_items(episode, as_run, edit.left_out, segments, readings, renderings[0])
    titles = {item.id: item.title for item in mastered}
    return Manifest(
        recording_sha256=as_run.recording.sha256,
        files=files,
        items=mastered,
        dead_air=_dead_air(segments, readings, sound.dead_air.total_seconds()),
        warnings=tuple(_warnings(mastered, readings, segments, titles, sound) + _gaps(as_run, titles, edit.left_out)),
    )


def _described(rendered: Rendered, segments: Sequence[Segment]) -> MasterFile:
    return MasterFile(
        format=rendered.format,
        file=rendered.path.name,
        sha256="",
        integrated_lufs=round(rendered.whole.integrated_lufs or -math.inf, 2),
        true_peak_dbtp=round(max(rendered.whole.peak_db, _LOWEST_PEAK_DBTP), 2),
        lra_lu=round(loudness_range(rendered.whole.short_term), 1),
        duration_s=round(segments[-1].end / RATE, 3),
        kbps=rendered.kbps,
    )


def _mastered_items(
    episode: Episode,
    as_run: AsRun,
    left_out: dict[str, str],
    segments: Sequence[Segment],
    readings: Sequence[Reading],
    main: Rendered,
) -> tuple[MasteredItem, ...]:
    items = {item.id: item for item in episode.items}
    places = {segment.item: n for n, segment in enumerate(segments)}
    found = []
    for aired in as_run.items:
        item = items[aired.id]
        if aired.id in left_out:
            found.append(
                MasteredItem(
                    id=item.id, title=item.title, kept=False, reason=left_out[item.id], chapter=item.has_chapter
                )
            )
            continue
        n = places[aired.id]
        found.append(
            MasteredItem(
                id=item.id,
                title=item.title,
                kept=True,
                start_s=round(segments[n].start / RATE, 3),
                end_s=round(segments[n].end / RATE, 3),
                gain_db=round(main.gains_db[n], 2),
                lufs_before=_rounded(readings[n].integrated_lufs),
                lufs_after=_rounded(main.items[n].integrated_lufs),
                chapter=item.has_chapter,
            )
        )
    return tuple(found)


def _rounded(level: float | None) -> float | None:
    return None if level is None else round(level, 2)


def _dead_air(segments: Sequence[Segment], readings: Sequence[Reading], shortest_s: float) -> tuple[DeadAir, ...]:
    return tuple(
        DeadAir(
            item=segment.item,
            recording_s=round(segment.source / RATE + start, 1),
            duration_s=round(duration, 1),
        )
        for segment, reading in zip(segments, readings, strict=True)
        for start, duration in holes(reading.momentary, shortest_s)
    )


def _warnings(
    items: Sequence[MasteredItem],
    readings: Sequence[Reading],
    segments: Sequence[Segment],
    titles: dict[str, str],
    sound: Sound,
) -> list[str]:
    gains = {item.id: item.gain_db for item in items}
    found = []
    for segment, reading in zip(segments, readings, strict=True):
        title, gain = titles[segment.item], gains[segment.item]
        if reading.integrated_lufs is None:
            found.append(f"« {title} » est silencieux dans l'enregistrement.")
        elif gain > sound.warn_gain_db:
            found.append(f"« {title} » : relevé de {decimal(gain)} dB, et son bruit de fond avec lui : à réécouter.")
    return found


def _gaps(as_run: AsRun, titles: dict[str, str], left_out: dict[str, str]) -> list[str]:
    """Sound without a mark between two kept items stays in the podcast: long enough, it is worth a word."""
    found = []
    for one, other in zip(as_run.items, as_run.items[1:], strict=False):
        gap_s = to_rate(other.start - one.end, as_run.recording.rate) / RATE
        if gap_s > 3 and one.id not in left_out and other.id not in left_out:
            found.append(f"{decimal(gap_s)} s sans repère après « {titles[one.id]} » : gardées dans le podcast.")
    return found
