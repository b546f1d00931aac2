"""Make an episode's audio files and their manifest from its recording."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from bobine.errors import MasterError, RightsError, SoundError
from bobine.master.cache.cache import Cache
from bobine.master.cache.digests import Digests
from bobine.master.cache.memory import Memory
from bobine.master.edit import RATE, Segment, edit_list
from bobine.master.levelling.loudness import Reading, loudness_range
from bobine.master.levelling.voices import inside_spread_lu
from bobine.master.pieces import Join
from bobine.master.preparing import prepare
from bobine.master.remarks import dead_air, gaps, take_name, warnings
from bobine.master.render import Rendered, Renderer
from bobine.master.source import readable_sources, sound_states
from bobine.master.verify import Heard, misses
from bobine.master.work import Gauge, Progress
from bobine.model.aired.as_run import AsRun
from bobine.model.aired.edits import NO_EDITS, Edits, cuts_heard, edits_digest, item_sound, kept_s
from bobine.model.episode import Episode, Item
from bobine.model.published.master import Manifest, MasteredItem, MasterFile
from bobine.model.rights import podcast_edit
from bobine.model.show import AudioFormat, Sound
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
    cache: Cache | None = None,
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
        cache: what was made before; the result is the same without it.

    Returns:
        The manifest; the files' digests are left empty, for the caller to fill in once the files are tagged.

    Raises:
        RightsError: if a right or a consent of an aired item is not known.
        MarksError: if an item is too short, none is left, or an edit does not fit.
        SoundError: if a file cannot be decoded, or all is silent.
        MasterError: if the decoded result misses a target, saying by how much.
        Interrupted, DiskError, ToolError: as ``ffmpeg.run`` does.
    """
    left_out = _left_out(episode, as_run, edits)
    segments = edit_list(as_run, left_out, edits)
    parts = [FileSpan(recording, 0, as_run.recording.samples)] if isinstance(recording, Path) else recording
    readable = readable_sources(as_run.recording, parts, takes, segments, folder, cancel)
    items = {item.id: item for item in episode.items}
    gauge = Gauge(progress)
    cache = Cache(None) if cache is None else cache
    memory = _memory(cache, as_run, parts, takes, segments, readable)
    prepared = prepare(segments, len(segments), items, readable, sound, memory, folder, gauge, cancel)
    if all(reading.integrated_lufs is None for reading in prepared.readings):
        raise SoundError("L'enregistrement est silencieux d'un bout à l'autre : rien à monter.")
    renderer = Renderer(prepared.maker, segments, sound, folder, gauge, cancel)
    renderings = renderer.render(prepared.sources, formats, cache)
    memory.end()
    heard = [_heard(rendered, segments, prepared.readings, items, edits) for rendered in renderings]
    _refuse_misses(renderings, heard, sound)
    said = [
        sayings(its, _file_second(segment), removes_hum=without)
        for its, segment, without in zip(prepared.faults, segments, prepared.without_hum, strict=True)
    ]
    mastered = _mastered_items(episode, as_run, left_out, segments, prepared.readings, renderings[0], said, edits)
    titles = {item.id: item.title for item in mastered}
    names = [titles[segment.item] for segment in segments]
    heard_warnings = warnings(heard[0], prepared.sources, sound)
    return Manifest(
        recording_sha256=as_run.recording.digest,
        files=tuple(_described(rendered, segments) for rendered in renderings),
        items=mastered,
        dead_air=dead_air(segments, prepared.readings, items, sound.dead_air.total_seconds(), edits),
        warnings=(*by_sentence(names, said), *heard_warnings, *gaps(as_run, titles, left_out, edits)),
        edits_sha256=edits_digest(edits),
    )


def _left_out(episode: Episode, as_run: AsRun, edits: Edits) -> dict[str, str]:
    """The aired items that the podcast must not hold, with the reason.

    Raises:
        RightsError: if a right or a consent of one that it would hold is not known.
    """
    withdrawn = edits.left_out()
    edit = podcast_edit(episode, {aired.id for aired in as_run.items} - withdrawn.keys())
    if edit.unknown:
        raise RightsError(
            "Le podcast ne peut pas être monté tant que ceci n'est pas réglé :\n" + "\n".join(edit.unknown)
        )
    return {**edit.left_out, **withdrawn}


def _memory(
    cache: Cache,
    as_run: AsRun,
    pieces: Sequence[FileSpan],
    takes: Mapping[str, Path],
    segments: tuple[Segment, ...],
    sources: Mapping[str | Join, Path],
) -> Memory:
    digests = None
    if cache.keeps:
        digests = Digests(sources, sound_states(as_run.recording, pieces, takes, sources), segments, cache)
    return Memory(cache, sources, digests)


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
            take=take_name(edits, segment.item),
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
            reason, chapter = left_out[item.id], item.has_chapter
            found.append(MasteredItem(id=item.id, title=item.title, kept=False, reason=reason, chapter=chapter))
            continue
        n = places[aired.id]
        kept = _kept(item, segments[n], readings[n], main, n)
        found.append(
            replace(
                kept,
                treated=tuple(dict.fromkeys(one.kind for one in said[n] if one.treated)),
                cuts=len(cuts_heard(as_run, aired, edits)),
                cut_s=round(item_sound(as_run, aired, edits).duration_s - kept_s(as_run, aired, edits), 3),
                take=take_name(edits, item.id),
            )
        )
    return tuple(found)


def _kept(item: Item, segment: Segment, reading: Reading, main: Rendered, n: int) -> MasteredItem:
    """An item that is in the podcast, as its main format has it."""
    return MasteredItem(
        id=item.id,
        title=item.title,
        kept=True,
        start_s=round(segment.start / RATE, 3),
        end_s=round(segment.end / RATE, 3),
        gain_db=round(main.gains_db[n], 2),
        lufs_before=_rounded(reading.integrated_lufs),
        lufs_after=_rounded(main.items[n].integrated_lufs),
        inside_spread_lu=_rounded(inside_spread_lu(main.items[n].momentary)) if item.kind.spoken else None,
        chapter=item.has_chapter,
    )


def _rounded(level: float | None) -> float | None:
    return None if level is None else round(level, 2)
