"""Cuts and replacements made in an episode after the show, for the command and for the screen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from bobine.errors import MarksError, SoundError
from bobine.french import printable
from bobine.model.aired.as_run import AiredItem, AsRun
from bobine.model.aired.edits import (
    NO_EDITS,
    Cut,
    Edits,
    ItemSound,
    Take,
    edit_faults,
    is_waiting,
    item_sound,
    kept_s,
    misfit,
    overlaps,
)
from bobine.model.episode import Episode
from bobine.model.written.positions import format_position
from bobine.store.codec.spelling import closest
from bobine.store.opening import is_regular
from bobine.store.records.edits import change_edits, edits_path, read_edits
from bobine.store.records.keeping import absence, purged_path, read_purged
from bobine.store.records.recordings import read_as_run
from bobine.store.sounds import find_file
from bobine.store.workspace import EpisodeFolder

_SHORTEST_CUT_S = Fraction(1, 100)
_SHORTEST_ITEM_S = 0.5


class CutState(StrEnum):
    """The effect of a cut when the podcast is made."""

    MADE = "made"
    WAITING = "waiting"
    MISFIT = "misfit"


@dataclass(frozen=True, slots=True)
class CutRow:
    """A cut as it is shown.

    Attributes:
        number: counted from 1 in its item.
        cut: the cut.
        start_s: where it starts inside the item as recorded (or inside its take), seconds; None where nobody knows.
        end_s: where it ends there.
        state: what becomes of it.
        why: what keeps it from being made, a French clause; empty where it is.
    """

    number: int
    cut: Cut
    start_s: float | None
    end_s: float | None
    state: CutState
    why: str

    @property
    def words(self) -> str:
        """The bounds of the cut, for people; in the whole file that was cut, where they are unknown inside the item."""
        if self.start_s is None or self.end_s is None:
            ends = (format_position(Fraction(at, self.cut.rate)) for at in (self.cut.start, self.cut.end))
            return f"{' à '.join(ends)} de l'autre fichier"
        return f"{format_position(self.start_s)} à {format_position(self.end_s)}"


@dataclass(frozen=True, slots=True)
class ItemEdits:
    """An item with what is done to its sound.

    Attributes:
        id: the item's id.
        title: its title; its id where the plan has it no longer.
        aired_s: how long it was on air, seconds; None where it is not in the recording.
        kept_s: how long it is once cut and replaced, seconds; None as above.
        take: what is heard in its place.
        cuts: its cuts, by position.
    """

    id: str
    title: str
    aired_s: float | None
    kept_s: float | None
    take: Take | None
    cuts: tuple[CutRow, ...]


@dataclass(frozen=True, slots=True)
class EditedShow:
    """An episode's as-run and edits, as read together."""

    as_run: AsRun
    edits: Edits
    titles: dict[str, str]

    def item(self, item_id: str) -> ItemEdits:
        """One item, aired or not."""
        aired = next((one for one in self.as_run.items if one.id == item_id), None)
        title = self.titles.get(item_id, item_id)
        if aired is None:
            why = "cet élément n'est pas dans l'enregistrement"
            rows = tuple(
                CutRow(n, cut, None, None, CutState.MISFIT, why)
                for n, cut in enumerate(self.edits.of(item_id), start=1)
            )
            return ItemEdits(item_id, title, None, None, self.edits.take(item_id), rows)
        rate = self.as_run.recording.rate
        return ItemEdits(
            item_id,
            title,
            (aired.end - aired.start) / rate,
            kept_s(self.as_run, aired, self.edits),
            self.edits.take(item_id),
            tuple(self._row(n, aired, cut) for n, cut in enumerate(self.edits.of(item_id), start=1)),
        )

    @property
    def edited(self) -> tuple[ItemEdits, ...]:
        """The items with edits, in the order they were aired; those that were not come last."""
        named = [*(take.item for take in self.edits.takes), *(cut.item for cut in self.edits.cuts)]
        order = [one.id for one in self.as_run.items]
        return tuple(self.item(one) for one in dict.fromkeys([*(one for one in order if one in named), *named]))

    def _row(self, number: int, aired: AiredItem, cut: Cut) -> CutRow:
        own, heard = (item_sound(self.as_run, aired, edits) for edits in (NO_EDITS, self.edits))
        why = misfit(self.as_run, aired, self.edits, cut)
        if why:
            sound = next((one for one in (heard, own) if one.sha256 == cut.sound), None)
            return CutRow(number, cut, *_inside(sound, cut), CutState.MISFIT, why)
        if is_waiting(self.as_run, aired, self.edits, cut):
            waits = "sans effet tant que le son de cet élément est remplacé"
            return CutRow(number, cut, *_inside(own, cut), CutState.WAITING, waits)
        return CutRow(number, cut, *_inside(heard, cut), CutState.MADE, "")


def read_edited(folder: EpisodeFolder, episode: Episode) -> EditedShow:
    """An episode's as-run with its edits.

    Raises:
        SoundError: if no recording is attached yet.
        PlanError: if a file cannot be read as it stands.
    """
    titles = {item.id: item.title for item in episode.items}
    return EditedShow(read_as_run(folder.as_run), read_edits(edits_path(folder.path)), titles)


def aired_item(show: EditedShow, item_id: str) -> AiredItem:
    """An item that was aired.

    Raises:
        MarksError: if it is not in the recording; names the one that was meant, if one is near.
    """
    found = next((one for one in show.as_run.items if one.id == item_id), None)
    if found is not None:
        return found
    near = closest(item_id, [one.id for one in show.as_run.items])
    hint = f" Vouliez-vous « {near} » ?" if near else ""
    raise MarksError(f"« {printable(item_id[:60])} » n'est pas un élément de l'enregistrement.{hint}")


def cut_item(folder: EpisodeFolder, episode: Episode, item_id: str, start_s: Fraction, end_s: Fraction) -> CutRow:
    """Cut a stretch out of an item: the recording stays as it is, the next master will be without it.

    Args:
        folder: the episode's.
        episode: its plan.
        item_id: id of an aired item.
        start_s: from where, seconds inside the item as recorded (or inside its take).
        end_s: to where.

    Returns:
        The cut as it is shown.

    Raises:
        MarksError: if the item was not aired, the cut is not inside it, meets another one, or leaves nothing.
        SoundError: if no recording is attached yet.
        PlanError: if a file cannot be read as it stands.
        WorkspaceError: if another program is writing the edits.
        DiskError: if the disk is full or cannot be written.
    """
    show = read_edited(folder, episode)
    aired = aired_item(show, item_id)
    made: list[Cut] = []

    def change(found: Edits) -> Edits:
        cut = _cut_of(item_sound(show.as_run, aired, found), item_id, start_s, end_s)
        after = replace(found, cuts=(*found.cuts, cut))
        met = next((other if one == cut else one for one, other in overlaps(after.of(item_id)) if cut in (one, other)),
                   None)  # fmt: skip
        if met is not None:
            number = found.of(item_id).index(met) + 1
            raise MarksError(
                f"Cette coupe en recouvre une autre, la coupe {number} de « {item_id} » : rendez-la d'abord, ou coupez "
                "à côté."
            )
        if kept_s(show.as_run, aired, after) < _SHORTEST_ITEM_S:
            raise MarksError(
                f"Il ne resterait rien de « {item_id} » : pour l'écarter du podcast, notez-le dans le conducteur "
                '(podcast = "cut").'
            )
        made.append(cut)
        return after

    edits = change_edits(edits_path(folder.path), change)
    rows = EditedShow(show.as_run, edits, show.titles).item(item_id).cuts
    return next(row for row in rows if row.cut == made[-1])


def give_back(folder: EpisodeFolder, item_id: str, number: int | None) -> tuple[Cut, ...]:
    """Give back one cut of an item, or all of them, whether they fit or not.

    Args:
        folder: the episode's.
        item_id: the item's id.
        number: which cut, counted from 1 by position; None for all.

    Returns:
        What was given back.

    Raises:
        MarksError: if there is no such cut.
        PlanError: if ``edits.toml`` cannot be read as it stands.
        WorkspaceError: if another program is writing it.
        DiskError: if the disk is full or cannot be written.
    """
    gone: list[Cut] = []

    def change(found: Edits) -> Edits:
        there = found.of(item_id)
        if not there:
            raise MarksError(f"« {printable(item_id[:60])} » n'a pas de coupe.")
        if number is not None and not 1 <= number <= len(there):
            raise MarksError(f"« {item_id} » a {len(there)} coupe{'s' if len(there) > 1 else ''} : pas de {number}.")
        gone[:] = there if number is None else [there[number - 1]]
        return replace(found, cuts=tuple(cut for cut in found.cuts if cut not in gone))

    change_edits(edits_path(folder.path), change)
    return tuple(gone)


def _cut_of(sound: ItemSound, item_id: str, start_s: Fraction, end_s: Fraction) -> Cut:
    whole = Fraction(sound.end - sound.start, sound.rate)
    # a length is shown to the second: one that was typed as it is shown may be a little over
    last = whole if whole < end_s < whole + 1 else end_s
    if start_s >= whole or last > whole:
        raise MarksError(
            f"« {item_id} » dure {format_position(whole)} : une coupe de {format_position(start_s)} à "
            f"{format_position(end_s)} en sort. Les positions se comptent depuis le début de l'élément."
        )
    if last - start_s < _SHORTEST_CUT_S:
        raise MarksError(
            f"De {format_position(start_s)} à {format_position(end_s)}, il n'y a rien à couper : donnez le début, puis "
            "la fin."
        )
    return Cut(
        item=item_id,
        sound=sound.sha256,
        rate=sound.rate,
        start=sound.start + round(start_s * sound.rate),
        end=min(sound.start + round(last * sound.rate), sound.end),
    )


def _inside(sound: ItemSound | None, cut: Cut) -> tuple[float | None, float | None]:
    if sound is None:
        return None, None
    return (cut.start - sound.start) / sound.rate, (cut.end - sound.start) / sound.rate


def faults(folder: EpisodeFolder, episode: Episode) -> tuple[str, ...]:
    """Edits of an episode that do not fit its recording, a French sentence each; empty for an episode without edits.

    Raises:
        PlanError: if a file cannot be read as it stands.
    """
    edits = read_edits(edits_path(folder.path))
    if edits == NO_EDITS:
        return ()
    try:
        show = read_edited(folder, episode)
    except SoundError:
        return (f"{folder.reference} : edits.toml coupe ou remplace des sons, et il n'y a pas d'enregistrement.",)
    found = [f"{said}." for _, said in edit_faults(show.as_run, show.edits)]
    purged = read_purged(purged_path(folder.recording))
    for take in edits.takes:
        there = is_regular(find_file(folder.recording, take.file))
        if not there and (purged is None or not purged.names(take.file)):
            found.append(absence(folder.recording, take.file))
    return tuple(f"{folder.reference} : {said}" for said in found)
