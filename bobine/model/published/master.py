"""The manifest of a master: the podcast's audio files, and the fate of each aired item."""

from __future__ import annotations

from dataclasses import dataclass

from bobine.model.aired.remarks import RemarkKind
from bobine.model.show import AudioFormat


@dataclass(frozen=True, slots=True, kw_only=True)
class MasterFile:
    """One encoded master, with what was measured on its decoded sound.

    Attributes:
        format: how it is encoded.
        file: its name in the episode's ``master/`` folder.
        sha256: hexadecimal digest of the file as it stands there, tags included.
        integrated_lufs: integrated loudness, LUFS.
        true_peak_dbtp: highest true peak, dBTP.
        lra_lu: loudness range, LU.
        duration_s: length in seconds.
        kbps: nominal bit rate, kb/s.
    """

    format: AudioFormat
    file: str
    sha256: str
    integrated_lufs: float
    true_peak_dbtp: float
    lra_lu: float
    duration_s: float
    kbps: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MasteredItem:
    """The fate of one aired item in the master.

    Attributes:
        id: the item's id in the rundown.
        title: its title when the master was made.
        kept: whether the podcast holds it.
        reason: why it was left out, in French; empty when kept.
        start_s: where it starts in the podcast, seconds; None when left out.
        end_s: where it ends there; None when left out.
        gain_db: gain of the item as a whole, dB.
        lufs_before: its integrated loudness as recorded; None if it never rises above the gate.
        lufs_after: the same measured on the decoded main format; None when left out or silent.
        inside_spread_lu: how far the voices inside it lie apart in the decoded main format: from the 10th to the 90th
            percentile of the voice's loudness over three seconds, LU; None for music, and when left out or silent.
        chapter: whether it opens a chapter.
        treated: what was wrong with its sound and was mended.
        cuts: how many stretches were cut out of it.
        cut_s: how long they were together, seconds.
        take: name of the file that was heard in the place of its sound, as it was called where it came from; empty for
            the recording.
    """

    id: str
    title: str
    kept: bool
    reason: str = ""
    start_s: float | None = None
    end_s: float | None = None
    gain_db: float = 0.0
    lufs_before: float | None = None
    lufs_after: float | None = None
    inside_spread_lu: float | None = None
    chapter: bool = True
    treated: tuple[RemarkKind, ...] = ()
    cuts: int = 0
    cut_s: float = 0.0
    take: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadAir:
    """A hole in the programme: seconds in the recording, and the item it lies in.

    Attributes:
        item: the item's id.
        recording_s: where it begins in the recording, or in the item's take, seconds.
        duration_s: length, seconds.
        take: what the take is called; empty for the recording.
    """

    item: str
    recording_s: float
    duration_s: float
    take: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The content of ``master/manifest.toml``.

    Attributes:
        recording_sha256: the recording it was made from.
        files: the encoded files, the main one first.
        items: every aired item, in order.
        dead_air: the holes found in what was kept.
        warnings: what a listener might hear, in French.
        edits_sha256: the edits that it was made with, as ``edits_digest`` gives them; empty for none.
        words_sha256: what its tags, cover and chapters were made from; empty where that was not noted.
    """

    recording_sha256: str
    files: tuple[MasterFile, ...]
    items: tuple[MasteredItem, ...]
    dead_air: tuple[DeadAir, ...] = ()
    warnings: tuple[str, ...] = ()
    edits_sha256: str = ""
    words_sha256: str = ""

    @property
    def kept_items(self) -> tuple[MasteredItem, ...]:
        """The items that the podcast holds, in order."""
        return tuple(item for item in self.items if item.kept)
