"""Beginning and end of an evening at the desk: the preflight, the recording, giving the air back, leaving."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bobine.air.live.recorder_link import stop_recorder
from bobine.air.live.state.hours import LATEST
from bobine.air.preflight.machine import Check, Verdict
from bobine.errors import BobineError
from bobine.evening import off_air
from bobine.evening.online.live_item import follow_apart
from bobine.evening.preflight import SIGNS, check_line, preflight
from bobine.store.opening import is_regular
from bobine.tui.kit.dialogs.choice import Option
from bobine.tui.messages import OpenEpisode, Wish, WishMade
from bobine.tui.onair.gestures.asking import choose, typed

if TYPE_CHECKING:
    from bobine.tui.onair.show_on_air import EveningOnAir


async def arrive(air: EveningOnAir) -> None:
    """On opening the screen, take up a recording that was cut, or say what is not ready."""
    progress = air.live.session.progress
    if progress.begun and progress.ended is None:
        last = air.desk.show.slot.bounds(air.day)[1] + LATEST
        if air.now >= last:
            return
        if await asyncio.to_thread(air.recorder.interrupted):
            await _go_on_recording(air)
        elif await asyncio.to_thread(air.recorder.from_elsewhere):
            air.tell(
                "Ce dossier vient d'un autre ordinateur ou d'une sauvegarde : rien ne s'enregistre de soi-même. W lance"
                " l'enregistrement.",
                warning=True,
            )
    elif not progress.begun and not air.stage.rehearsal:
        await _warn(air)


async def _go_on_recording(air: EveningOnAir) -> None:
    """Record again, in the same file where that can be: the silence of the cut stands in it."""
    try:
        await asyncio.to_thread(air.recorder.start)
    except BobineError as error:
        air.tell(f"L'enregistrement, coupé, n'a pas pu reprendre : {error}", refused=True)
    else:
        air.tell("L'enregistrement avait été coupé : il a repris.", warning=True)


async def _warn(air: EveningOnAir) -> None:
    """Warn before the show of what is not ready; the input is listened to when somebody asks."""
    try:
        checks = await _look_over(air, listen=False)
    except BobineError as error:
        air.tell(str(error), refused=True)
        return
    bad = sum(check.verdict is Verdict.BAD for check in checks)
    if bad:
        some = "une chose est à régler" if bad == 1 else f"{bad} choses sont à régler"
        air.tell(f"Avant l'antenne, {some} : V dit quoi, et par qui.", warning=True)


async def _look_over(air: EveningOnAir, *, listen: bool) -> tuple[Check, ...]:
    """Results of the preflight, made outside of the event loop; none while the plan cannot be read."""
    if air.document is None:
        return ()
    show, root = air.desk.show, air.desk.workspace.root
    folder = air.desk.workspace.folder(show, air.day)
    return await asyncio.to_thread(preflight, show, air.document.value, root, folder, listen=listen)


async def record(air: EveningOnAir) -> None:
    """Begin to record, or go on where it was cut; or stop, which asks for a typed word."""
    if not air.recorder.sound().alive:
        await asyncio.to_thread(air.recorder.start)
        await _tell_live(air, until_the_end=True)
    elif await typed(air, "Arrêter l'enregistrement ?", "arrêter"):
        await off_air.stop_recording(air)


@dataclass(frozen=True, slots=True)
class _Asked:
    """The technician, asked in dialogs over the show."""

    air: EveningOnAir

    async def is_over(self) -> bool:
        """Whether the air may be given back."""
        options = [Option("yes", "Rendre l'antenne"), Option("no", "Continuer")]
        return await choose(self.air, "L'émission est finie ?", options, current="no") == "yes"

    async def stops_recording(self) -> bool:
        """Whether a word was typed that stops the recording."""
        return await typed(self.air, "L'antenne est rendue. Arrêter aussi l'enregistrement ?", "arrêter")


async def end(air: EveningOnAir) -> None:
    """Give the air back, stop the recording, write where each item lies in it, and offer what comes next."""
    as_run = await off_air.give_back(air, _Asked(air))
    if air.live.session.progress.ended is not None:
        await _tell_live(air, until_the_end=False)
    if as_run is None:
        return
    count = len(as_run.items)
    if air.stage.rehearsal:
        air.tell(f"Répétition finie : {count} élément{'s' if count > 1 else ''} dans le son.")
        return
    await _after(air, count)


async def _tell_live(air: EveningOnAir, *, until_the_end: bool) -> None:
    """Have the feed say that the show is on air, or over; in a process of its own, which the show never waits for."""
    if not air.stage.rehearsal:
        await asyncio.to_thread(follow_apart, air.desk.workspace, air.desk.show, air.day, until_the_end=until_the_end)


async def _after(air: EveningOnAir, count: int) -> None:
    """Offer what comes next: the master, then the podcast; and once, the volunteer hours."""
    options = [
        Option("master", "Monter l'émission", "Les niveaux, les coupes, le MP3 et l'Opus ; ensuite, l'écoute."),
        Option("publish", "Monter et publier", "L'épisode est en ligne, et écouté à son adresse, quand c'est fini."),
        Option("later", "Plus tard", "F, ici, y revient."),
    ]
    folder = air.desk.workspace.folder(air.desk.show, air.day)
    if not is_regular(folder.hours):
        said = "Qui était là, d'après le conducteur : quelques touches, pendant que tout le monde est là."
        options.insert(2, Option("hours", "Noter les heures de bénévolat", said))
    intro = f"Conducteur réalisé écrit : {count} élément{'s' if count > 1 else ''}."
    chosen = await choose(air, "Et maintenant ?", options, intro=intro, current="publish")
    if chosen == "hours":
        air.post_message(OpenEpisode(air.day, "hours"))
    elif chosen in ("master", "publish"):
        air.post_message(WishMade(Wish(folder.reference, publish=chosen == "publish")))


async def check(air: EveningOnAir) -> None:
    """Show the preflight line by line; the sound input is listened to for two seconds."""
    air.tell("Contrôle en cours : deux secondes d'écoute…")
    checks = await _look_over(air, listen=True)
    bad = sum(one.verdict is Verdict.BAD for one in checks)
    lines = sorted(checks, key=lambda one: list(SIGNS).index(one.verdict), reverse=True)
    options = [Option(str(place), check_line(one)) for place, one in enumerate(lines)]
    await choose(air, f"✗ {bad} à régler avant l'antenne" if bad else "✓ On peut y aller", options)


async def leave(air: EveningOnAir) -> None:
    """Quit; on air it asks for a typed word. The recording goes on, but for a rehearsal's."""
    progress = air.live.session.progress
    live = progress.begun and progress.ended is None
    if live and not await typed(air, "L'émission est à l'antenne. Quitter cet écran ?", "quitter"):
        return
    if air.stage.rehearsal and air.stage.recording is not None:
        await asyncio.to_thread(stop_recorder, air.stage.recording)
    await air.workshop.action_quit()
