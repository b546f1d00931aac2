"""Make an episode's audio files and their manifest from its recording."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from bobine.errors import MasterError, RightsError, SoundError
from bobine.french import decimal
from bobine.master.edit import RATE, Segment, edit_list, to_rate
from bobine.master.levelling.levels import Source, source
from bobine.master.levelling.loudness import Reading, holes, loudness_range
from bobine.master.levelling.rider import ride
from bobine.master.levelling.voices import inside_spread_lu, voiced
from bobine.master.render import Rendered, Renderer
from bobine.master.source import readable_sources
from bobine.master.treatment.hearing import hear
from bobine.master.treatment.plan import patches, removes_hum
from bobine.master.verify import Heard, misses
from bobine.master.work import Gauge, Progress
from bobine.model.aired.as_run import AsRun
from bobine.model.aired.edits import NO_EDITS, Edits, cuts_heard, edits_digest, item_sound, kept_s
from bobine.model.episode import Episode, Item
from bobine.model.published.master import DeadAir, Manifest, MasteredItem, MasterFile
from bobine.model.rights import podcast_edit
from bobine.model.show import AudioFormat, Sound
from bobine.sound.faults.find import faults_of_items
from bobine.sound.faults.words import Saying, by_sentence, sayings
from bobine.sound.joining import FileSpan

_LOWEST_PEAK_DBTP = -120.0

NO_TAKES: Mapping[str, Path] = {}
"""For a podcast whose items are all as they were recorded."""


def produce(
    episode: Episode,
    as_run: AsRun,
    recording: Path | Sequence[FileSpan],
    sound: Sound,
    formats: tuple[AudioFormat, ...],
    folder: Path,
    progress: Progress,
    cancel: threading.Event,
    edits: Edits = NO_EDITS,
    takes: Mapping[str, Path] = NO_TAKES,
) -> Manifest:
    """Make the podcast's audio files in ``folder`` (``podcast.mp3``, ``podcast.opus``), untagged.

    Args:
        episode: the plan, with rights and consents.
        as_run: the recording's description and the aired items.
        recording: the recording itself: its file, or its files where they lie in it.
        sound: what to aim at.
        formats: what to make, the main one first.
        folder: an existing folder of one's own, emptied by the caller.
        progress: told how far the work is.
        cancel: once set, the work stops.
        edits: what is cut inside items, and what replaces them.
        takes: the files of the takes, by their names.

    Returns:
        The manifest; the files' digests are left empty, for the caller to fill in once the files are tagged.

    Raises:
        RightsError: if a right or a consent of an aired item is not known.
        MarksError: if an item is too short, none is left, or an edit does not fit.
        SoundError: if a file cannot be decoded, or all is silent.
        MasterError: if the decoded result misses a target, saying by how much.
        Interrupted, DiskError, ToolError: as ``ffmpeg.run`` does.
    """
    withdrawn = edits.left_out()
    edit = podcast_edit(episode, {aired.id for aired in as_run.items} - withdrawn.keys())
    left_out = {**edit.left_out, **withdrawn}
    if edit.unknown:
        raise RightsError(
            "Le podcast ne peut pas être monté tant que ceci n'est pas réglé :\n" + "\n".join(edit.unknown)
        )
    segments = edit_list(as_run, left_out, edits)
    parts = [FileSpan(recording, 0, as_run.recording.samples)] if isinstance(recording, Path) else recording
    readable = readable_sources(as_run.recording, parts, takes, segments, folder, cancel)
    items = {item.id: item for item in episode.items}
    gauge = Gauge(progress)
    blocks = hear(readable, segments, gauge, cancel)
    faults = faults_of_items([(one, items[s.item].kind.spoken) for one, s in zip(blocks, segments, strict=True)])
    without_hum = [removes_hum(items[segment.item], sound) for segment in segments]
    plan = patches(segments, faults, without_hum)
    renderer = Renderer(readable, segments, sound, folder, gauge, cancel, plan)
    readings = renderer.measure_source()
    if all(reading.integrated_lufs is None for reading in readings):
        raise SoundError("L'enregistrement est silencieux d'un bout à l'autre : rien à monter.")
    sources = [
        source(
            reading,
            ride(reading.momentary, _reach(items[segment.item], sound), sound.integrated_lufs, sound.max_gain_db),
        )
        for reading, segment in zip(readings, segments, strict=True)
    ]
    renderings = renderer.render(sources, formats)
    heard = [_heard(rendered, segments, readings, items, edits) for rendered in renderings]
    _refuse_misses(renderings, heard, sound)
    files = tuple(_described(rendered, segments) for rendered in renderings)
    said = [
        sayings(its, _file_second(segment), removes_hum=without)
        for its, segment, without in zip(faults, segments, without_hum, strict=True)
    ]
    mastered = _mastered_items(episode, as_run, left_out, segments, readings, renderings[0], said, edits)
    titles = {item.id: item.title for item in mastered}
    warnings = _warnings(heard[0], sources, sound)
    names = [titles[segment.item] for segment in segments]
    return Manifest(
        recording_sha256=as_run.recording.digest,
        files=files,
        items=mastered,
        dead_air=_dead_air(segments, readings, items, sound.dead_air.total_seconds(), edits),
        warnings=tuple(by_sentence(names, said) + warnings + _gaps(as_run, titles, left_out, edits)),
        edits_sha256=edits_digest(edits),
    )


def _refuse_misses(renderings: Sequence[Rendered], heard: Sequence[Sequence[Heard]], sound: Sound) -> None:
    """Remove what misses a target, and say by how much.

    Raises:
        MasterError: if anything does.
    """
    problems = [
        problem
        for rendered, found in zip(renderings, heard, strict=True)
        for problem in misses(rendered.format, rendered.whole, found, sound)
    ]
    if problems:
        for rendered in renderings:
            rendered.path.unlink()
        raise MasterError("Le montage manque ses cibles :\n" + "\n".join(problems))


def _file_second(segment: Segment) -> Callable[[float], float]:
    """Return a function from seconds after a segment's start to seconds in the file that is heard there."""
    return lambda at_s: segment.file_position(at_s)[1]


def _reach(item: Item, sound: Sound) -> float:
    """Range over which the voices of an item may be brought together, dB."""
    return sound.leveling_db if item.kind.spoken and item.leveling else 0.0


def _heard(
    rendered: Rendered,
    segments: Sequence[Segment],
    readings: Sequence[Reading],
    items: Mapping[str, Item],
    edits: Edits,
) -> list[Heard]:
    return [
        Heard(
            title=items[segment.item].title,
            spoken=items[segment.item].kind.spoken,
            recorded=reading,
            segment=segment,
            gain_db=gain,
            voice_lufs=voice,
            take=_take_name(edits, segment.item),
        )
        for segment, reading, gain, voice in zip(
            segments, readings, rendered.gains_db, rendered.voices_lufs, strict=True
        )
    ]


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
    said: Sequence[Sequence[Saying]],
    edits: Edits,
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
                inside_spread_lu=_rounded(inside_spread_lu(main.items[n].momentary)) if item.kind.spoken else None,
                chapter=item.has_chapter,
                treated=tuple(dict.fromkeys(one.kind for one in said[n] if one.treated)),
                cuts=len(cuts_heard(as_run, aired, edits)),
                cut_s=round(item_sound(as_run, aired, edits).duration_s - kept_s(as_run, aired, edits), 3),
                take=_take_name(edits, item.id),
            )
        )
    return tuple(found)


def _take_name(edits: Edits, item: str) -> str:
    """The name of the file that replaces an item's sound; empty where none does."""
    take = edits.take(item)
    return "" if take is None else take.origin or take.file


def _rounded(level: float | None) -> float | None:
    return None if level is None else round(level, 2)


def _dead_air(
    segments: Sequence[Segment],
    readings: Sequence[Reading],
    items: Mapping[str, Item],
    shortest_s: float,
    edits: Edits,
) -> tuple[DeadAir, ...]:
    return tuple(
        DeadAir(
            item=segment.item,
            recording_s=round(segment.file_position(start)[1], 1),
            duration_s=round(duration, 1),
            take=_take_name(edits, segment.item),
        )
        for segment, reading in zip(segments, readings, strict=True)
        for start, duration in holes(
            reading.momentary, shortest_s, voiced(reading.momentary) if items[segment.item].kind.spoken else ()
        )
    )


def _warnings(heard: Sequence[Heard], sources: Sequence[Source], sound: Sound) -> list[str]:
    found = []
    for one, raw in zip(heard, sources, strict=True):
        highest = one.gain_db + raw.ride.highest_db
        if one.recorded.integrated_lufs is None:
            found.append(f"« {one.title} » est silencieux dans l'enregistrement.")
        elif one.gain_db > sound.warn_gain_db:
            found.append(
                f"« {one.title} » : relevé de {decimal(one.gain_db)} dB, et son bruit de fond avec lui : à réécouter."
            )
        elif highest > sound.warn_gain_db:
            found.append(
                f"« {one.title} » : une voix y est relevée de {decimal(highest)} dB, et le bruit de fond avec elle : "
                "à réécouter."
            )
        if fault := one.fault:
            found.append(fault)
    return found


def _gaps(as_run: AsRun, titles: dict[str, str], left_out: dict[str, str], edits: Edits) -> list[str]:
    """Sound without a mark between two kept items stays in the podcast: long enough, it is worth a word."""
    found = []
    for one, other in zip(as_run.items, as_run.items[1:], strict=False):
        gap_s = to_rate(other.start - one.end, as_run.recording.rate) / RATE
        kept = one.id not in left_out and other.id not in left_out and edits.take(one.id) is None
        if gap_s > 3 and kept:
            found.append(f"{decimal(gap_s)} s sans repère après « {titles[one.id]} » : gardées dans le podcast.")
    return found
