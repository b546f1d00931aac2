"""Starts, watches and stops the recorder of a folder: what a screen uses, and all that it needs to know."""

from __future__ import annotations

import contextlib
import os
import secrets
import time
from collections.abc import Iterator
from pathlib import Path

from bobine.air.live.own_files import read_own
from bobine.air.recorder.clocks import boot, steady
from bobine.air.recorder.inputs.chosen import source_of
from bobine.air.recorder.link.alive import end
from bobine.air.recorder.link.folder import Order, RecorderFolder
from bobine.air.recorder.link.home import claim, disclaim, is_ours
from bobine.air.recorder.link.presence import answers, lives, refuse_another_computer
from bobine.air.recorder.link.status import HUNG_S, State, Status, Watch, read
from bobine.air.recorder.resume import LONGEST_FILL_S
from bobine.errors import BobineError, DiskError, ToolError
from bobine.french import printable
from bobine.model.recording import InputKind, RecordingSettings, SoundInput
from bobine.processes import Apart, start_module
from bobine.store.files import disk_errors, locked
from bobine.store.locks import hold
from bobine.store.opening import confined

_started: list[Apart] = []
"""Recorders that this process started: their ends are taken note of when the next one starts."""

_PATIENCE_S = 8.0
_TURN_S = 3.0
_MOST_LOG_BYTES = 1 << 20


def start(
    recording: Path,
    journal: Path,
    settings: RecordingSettings,
    *,
    root: Path,
    second: Path | None = None,
    speed: float = 1.0,
) -> None:
    """Start the recorder of a folder; where it already runs, nothing happens.

    It goes on with what the folder holds: the time since then becomes silence and a gap in the journal.

    Args:
        recording: the episode's ``recording/`` folder, or any other for a rehearsal.
        journal: the journal that takes its events.
        settings: the show's.
        root: the folder that relative paths of the settings start from: the workspace's.
        second: the episode's folder within ``settings.second``, relative, as ``bobine-romanaise/2026-11-26``; without
            it there is no second copy.
        speed: how fast a file is played, for a rehearsal.

    Raises:
        SoundError: if no input is configured, or the file to play does not exist.
        ToolError: if there is no ffmpeg, if it cannot read that kind of input, or if the recorder does not start.
        DiskError: if the folder cannot be written, leads out of the workspace, or holds what is not the recorder's.
    """
    place = RecorderFolder(recording)
    confined(recording)
    if answers(place):
        return
    source = source_of(settings, root)
    second_root = root / settings.second if settings.second and second is not None else None
    with disk_errors(recording):
        place.make()
    with locked(place.starting):
        if answers(place):
            return
        refuse_another_computer(place)
        order = _new_order(place, settings, source, journal, second_root, second, speed)
        if not _replace_order(place, order):
            return
        with disk_errors(recording):
            claim(order.run, place.recording)
            place.sweep_locks(order.lock)
            started = start_module("bobine.air.recorder", [str(place.recording)], place.log)
        _started[:] = [one for one in _started if one.is_alive()] + [started]
        _await_first_word(place, order, started)


def _new_order(
    place: RecorderFolder,
    settings: RecordingSettings,
    source: SoundInput,
    journal: Path,
    second_root: Path | None,
    second: Path | None,
    speed: float,
) -> Order:
    """An order with a name and a lock of its own; the arguments are those of ``start``."""
    run = secrets.token_hex(8)
    with _told_lock(place), disk_errors(place.recording):
        lock = place.new_lock(run)
    return Order(
        run=run,
        source=source,
        rate=settings.rate,
        channels=settings.channels,
        silence_s=settings.silence.total_seconds(),
        journal=str(Path(os.path.realpath(journal.parent)) / journal.name),
        second_root=str(second_root) if second_root is not None else "",
        second=str(second_root / second) if second_root is not None and second is not None else "",
        speed=speed if source.kind is InputKind.FILE else 1.0,
        pair=settings.pair,
        lock=str(lock),
    )


def _replace_order(place: RecorderFolder, order: Order) -> bool:
    """Ask for another recording, once nobody can be about to fulfil the last order; one that hangs is ended.

    Returns:
        False where one that waited has taken over meanwhile, and records.

    Raises:
        DiskError: if the disk is full or cannot be written.
    """
    last, limit = place.read_order(), steady() + _TURN_S
    while last is not None and last.lock and steady() < limit:
        if answers(place):
            return False
        said = read(place.status)
        if said is not None and said.boot == boot() and steady() - said.at >= 2 * HUNG_S:
            end(said.pid, said.born, place.recording)
        with contextlib.suppress(OSError):
            release = hold(Path(last.lock), 0.1)
            try:
                place.write_order(order)
            finally:
                release()
            disclaim(last.run)
            return True
    # whoever waits for the last order sees that there is another, and ends
    place.write_order(order)
    return True


@contextlib.contextmanager
def _told_lock(place: RecorderFolder) -> Iterator[None]:
    try:
        yield
    except TimeoutError as error:
        raise DiskError(
            f"Un autre programme (sauvegarde, synchronisation…) tient les fichiers de « {place.recording} » : "
            "fermez-le, puis relancez l'enregistrement."
        ) from error


BETWEEN_STOPS_S = 0.5
"""Time between the two words that stop a recorder, seconds."""


def stop(recording: Path) -> bool:
    """Stop the recorder, with both words, and wait until it has brought all to the disk and ended.

    Returns:
        Whether it has.

    Raises:
        DiskError: if the disk refuses.
    """
    request_stop(recording)
    time.sleep(BETWEEN_STOPS_S)
    request_stop(recording)
    return await_stopped(recording)


def request_stop(recording: Path) -> None:
    """Say one word of the two that stop the recorder (``recorder.stopping``).

    Raises:
        DiskError: if the disk refuses.
    """
    with disk_errors(recording):
        RecorderFolder(recording).tell_stop()


def await_stopped(recording: Path, patience_s: float = 30) -> bool:
    """Wait until the recorder that was told to stop has brought all to the disk and ended.

    Args:
        recording: its folder.
        patience_s: how long to wait at most, seconds.

    Returns:
        Whether it has.
    """
    limit = steady() + patience_s
    while is_running(recording):
        if steady() > limit:
            return False
        time.sleep(0.05)
    return True


def is_running(recording: Path) -> bool:
    """Whether a recorder of this folder is alive, by what the system knows of its process, even where it hangs."""
    place = RecorderFolder(recording)
    said = read(place.status)
    return said is not None and lives(place, said)


def was_interrupted(recording: Path) -> bool:
    """Whether a recording was going on here and nobody stopped it, yet nothing runs: ``start`` goes on with it.

    One that was begun on another computer, or in another folder, was not: see ``came_from_elsewhere``.
    """
    place = RecorderFolder(recording)
    order = place.read_order()
    return order is not None and is_ours(order.run, place.recording) and not is_running(recording)


def came_from_elsewhere(recording: Path) -> bool:
    """Whether the folder holds the order of a recording that was begun elsewhere: it was copied, or put back."""
    place = RecorderFolder(recording)
    order = place.read_order()
    return order is not None and not is_ours(order.run, place.recording) and not is_running(recording)


def status(recording: Path) -> Status | None:
    """The recorder's last status; None where there is none. ``watch`` tells whether to believe it."""
    return read(RecorderFolder(recording).status)


def watch(recording: Path) -> Watch:
    """A watch over the recorder: ``look()`` says « ENR » only while the position grows."""
    return Watch(RecorderFolder(recording).status)


def position_now(recording: Path) -> int | None:
    """The sample that is heard at this instant, for an event of the journal; None while nothing records.

    It is true to the recording even while the input is lost or the recorder is being restarted; for as long as the
    recorder would go on with the same file.
    """
    found = status(recording)
    if found is None or found.state in (State.STOPPED, State.ENDED):
        return None
    now = steady()
    return found.position_at(now) if now - found.at < LONGEST_FILL_S else None


def _await_first_word(place: RecorderFolder, order: Order, started: Apart) -> None:
    limit = steady() + _PATIENCE_S
    while steady() < limit:
        found = read(place.status)
        if found is not None and found.run == order.run:
            return
        if not started.is_alive():
            break
        time.sleep(0.02)
    started.kill()
    place.forget_order()
    disclaim(order.run)
    raise ToolError(f"L'enregistreur n'a pas démarré : {_last_line(place)}")


def _last_line(place: RecorderFolder) -> str:
    """The last line that the recorder printed, or else advice on where to look."""
    with contextlib.suppress(OSError, BobineError):
        lines = read_own(place.log, _MOST_LOG_BYTES).decode("utf-8", "replace").split("\n")
        said = [line for line in lines if line.strip()]
        if said:
            return printable(said[-1][:300])
    return f"vérifiez que « {place.recording} » peut être écrit, puis recommencez."
