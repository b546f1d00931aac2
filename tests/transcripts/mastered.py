"""An episode with a master that no sound was needed for: as-run, edits and manifest as they would be noted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from bobine.master.edit import RATE, edit_list
from bobine.model.aired.as_run import AsRun
from bobine.model.aired.edits import NO_EDITS, Edits, edits_digest
from bobine.model.published.master import Manifest, MasteredItem, MasterFile
from bobine.model.show import AudioFormat
from bobine.store.records.edits import change_edits, edits_path
from bobine.store.records.manifests import write_manifest
from bobine.store.records.recordings import write_as_run
from bobine.store.workspace import EpisodeFolder
from tests.master.edits import as_run

DAY = date(2026, 11, 26)
THREE = as_run((0, 20 * RATE), (20 * RATE, 40 * RATE), (40 * RATE, 60 * RATE))


def manifest_of(run: AsRun, left_out: set[str], edits: Edits) -> Manifest:
    segments = {segment.item: segment for segment in edit_list(run, left_out, edits)}
    items = tuple(
        MasteredItem(id=one.id, title=one.id, kept=False, reason="retiré")
        if one.id in left_out
        else MasteredItem(
            id=one.id,
            title=one.id,
            kept=True,
            start_s=round(segments[one.id].start / RATE, 3),
            end_s=round(segments[one.id].end / RATE, 3),
        )
        for one in run.items
    )
    end_s = max(segment.end for segment in segments.values()) / RATE
    file = MasterFile(format=AudioFormat.MP3, file="podcast.mp3", sha256="c" * 64, integrated_lufs=-16.0,
                      true_peak_dbtp=-1.5, lra_lu=5.0, duration_s=end_s, kbps=128)  # fmt: skip
    return Manifest(recording_sha256=run.recording.digest, files=(file,), items=items, edits_sha256=edits_digest(edits))


def mastered(
    root: Path, run: AsRun = THREE, left_out: set[str] | None = None, edits: Edits = NO_EDITS
) -> EpisodeFolder:
    """The folder of such an episode."""
    folder = EpisodeFolder("demo", DAY, root / "episodes" / "demo" / DAY.isoformat())
    master(folder.path, run, left_out, edits)
    return folder


def master(path: Path, run: AsRun = THREE, left_out: set[str] | None = None, edits: Edits = NO_EDITS) -> None:
    """Note in an episode's folder what a master would."""
    folder = EpisodeFolder("demo", DAY, path)
    write_as_run(folder.as_run, run)
    change_edits(edits_path(folder.path), lambda found: replace(found, **{
        name: getattr(edits, name) for name in ("takes", "cuts", "withdrawn")
    }))  # fmt: skip
    write_manifest(folder.manifest, manifest_of(run, left_out or set(), edits))
