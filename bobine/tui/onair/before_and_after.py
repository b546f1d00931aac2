"""What begins and ends an evening at the desk: the preflight, the recording, giving the air back, leaving."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

from bobine.air.finishing import finish
from bobine.air.journal import Journal
from bobine.air.preflight import Check, Verdict
from bobine.errors import BobineError
from bobine.evening.preflight import SIGNS, check_line, preflight
from bobine.evening.rundowns import archive
from bobine.tui.kit.choice import Option
from bobine.tui.messages import Wish, WishMade
from bobine.tui.onair.asking import choose, typed
from bobine.tui.onair.recorder import BETWEEN_STOPS_S, stop_recorder

if TYPE_CHECKING:
    from bobine.tui.onair.screen import AirScreen


LATEST = timedelta(hours=1)
"""A show that is on air so long after its hard end is no longer: its recording is not taken up again by itself."""


async def arrive(screen: AirScreen) -> None:
    """The screen has just been opened: take a recording up again that was cut, or say what is not ready."""
    progress = screen.live.session.progress
    if progress.begun and progress.ended is None:
        last = screen.desk.show.slot.bounds(screen.day)[1] + LATEST
        if screen.now >= last:
            return
        if await asyncio.to_thread(screen.recorder.interrupted):
            await _go_on_recording(screen)
        elif await asyncio.to_thread(screen.recorder.from_elsewhere):
            screen.tell(
                "Ce dossier vient d'un autre ordinateur ou d'une sauvegarde : rien ne s'enregistre de soi-même. W lance"
                " l'enregistrement.",
                warning=True,
            )
    elif not progress.begun and not screen.stage.rehearsal:
        await _warn(screen)


async def _go_on_recording(screen: AirScreen) -> None:
    """Record again, in the same file where that can be: the silence of the cut stands in it."""
    try:
        await asyncio.to_thread(screen.recorder.start)
    except BobineError as error:
        screen.tell(f"L'enregistrement, coupé, n'a pas pu reprendre : {error}", refused=True)
    else:
        screen.tell("L'enregistrement avait été coupé : il a repris.", warning=True)


async def _warn(screen: AirScreen) -> None:
    """Before the show: say how much is not ready; the input is listened to when somebody asks."""
    try:
        checks = await _look_over(screen, listen=False)
    except BobineError as error:
        screen.tell(str(error), refused=True)
        return
    bad = sum(check.verdict is Verdict.BAD for check in checks)
    if bad:
        some = "une chose est à régler" if bad == 1 else f"{bad} choses sont à régler"
        screen.tell(f"Avant l'antenne, {some} : V dit quoi, et par qui.", warning=True)


async def _look_over(screen: AirScreen, *, listen: bool) -> tuple[Check, ...]:
    """What the preflight finds, outside of the event loop; nothing while the plan cannot be read."""
    if screen.document is None:
        return ()
    show, root = screen.desk.show, screen.desk.workspace.root
    folder = screen.desk.workspace.folder(show, screen.day)
    return await asyncio.to_thread(preflight, show, screen.document.value, root, folder, listen=listen)


async def record(screen: AirScreen) -> None:
    """Begin to record, or go on where it was cut; or stop, which asks for a typed word."""
    if not screen.recorder.sound().alive:
        await asyncio.to_thread(screen.recorder.start)
    elif await typed(screen, "Arrêter l'enregistrement ?", "arrêter"):
        await _stop(screen)


async def _stop(screen: AirScreen) -> bool:
    """Tell the recorder twice to stop, and wait until all is on the disk; whether it is."""
    screen.tell("L'enregistrement s'arrête…")
    screen.recorder.ask_stop()
    await asyncio.sleep(BETWEEN_STOPS_S)
    screen.recorder.ask_stop()
    stopped = await asyncio.to_thread(screen.recorder.await_stopped)
    if not stopped:
        screen.tell("L'enregistreur ne s'est pas arrêté : attendez un peu, puis recommencez (W).", refused=True)
    return stopped


async def end(screen: AirScreen) -> None:
    """Give the air back, stop the recording, write where each item lies in it, and offer what comes next."""
    stage = screen.stage
    if screen.live.session.progress.ended is None:
        options = [Option("yes", "Rendre l'antenne"), Option("no", "Continuer")]
        if await choose(screen, "L'émission est finie ?", options, current="no") != "yes":
            return
        if not screen.act(screen.live.end):
            return
    await keep_rundowns(screen)
    if screen.recorder.sound().alive:
        title = "L'antenne est rendue. Arrêter aussi l'enregistrement ?"
        if not await typed(screen, title, "arrêter") or not await _stop(screen):
            return
    if stage.recording is None:
        screen.tell("Répétition finie : rien n'en reste.")
        return
    known = [item.id for item in screen.items]
    as_run = await asyncio.to_thread(finish, stage.recording, Journal(stage.journal), known)
    count = len(as_run.items)
    if stage.rehearsal:
        screen.tell(f"Répétition finie : {count} élément{'s' if count > 1 else ''} dans le son.")
        return
    await _after(screen, count)


async def keep_rundowns(screen: AirScreen) -> None:
    """Keep both rundowns, planned and real; what hinders it is said, and hinders nothing else."""
    if screen.stage.rehearsal:
        return
    desk = screen.desk
    try:
        await asyncio.to_thread(archive, desk.workspace, desk.show, screen.day, screen.now)
    except BobineError as error:
        screen.tell(f"Les conducteurs n'ont pas été archivés : {error}", warning=True)


async def _after(screen: AirScreen, count: int) -> None:
    """What comes next: the master, then the podcast."""
    options = [
        Option("master", "Monter l'émission", "Les niveaux, les coupes, le MP3 et l'Opus ; ensuite, l'écoute."),
        Option("publish", "Monter et publier", "L'épisode est en ligne quand c'est fini."),
        Option("later", "Plus tard", "F, ici, y revient."),
    ]
    intro = f"Conducteur réalisé écrit : {count} élément{'s' if count > 1 else ''}."
    chosen = await choose(screen, "Et maintenant ?", options, intro=intro)
    if chosen in ("master", "publish"):
        folder = screen.desk.workspace.folder(screen.desk.show, screen.day)
        screen.post_message(WishMade(Wish(folder.reference, publish=chosen == "publish")))


async def check(screen: AirScreen) -> None:
    """The preflight, line by line; the sound input is listened to for two seconds."""
    screen.tell("Contrôle en cours : deux secondes d'écoute…")
    checks = await _look_over(screen, listen=True)
    bad = sum(one.verdict is Verdict.BAD for one in checks)
    lines = sorted(checks, key=lambda one: list(SIGNS).index(one.verdict), reverse=True)
    options = [Option(str(place), check_line(one)) for place, one in enumerate(lines)]
    await choose(screen, f"✗ {bad} à régler avant l'antenne" if bad else "✓ On peut y aller", options)


async def leave(screen: AirScreen) -> None:
    """Quit; on air it asks for a typed word. The recording goes on, but for a rehearsal's."""
    progress = screen.live.session.progress
    live = progress.begun and progress.ended is None
    if live and not await typed(screen, "L'émission est à l'antenne. Quitter cet écran ?", "quitter"):
        return
    if screen.stage.rehearsal and screen.stage.recording is not None:
        await asyncio.to_thread(stop_recorder, screen.stage.recording)
    await screen.app.action_quit()
