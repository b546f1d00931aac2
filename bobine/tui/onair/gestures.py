"""What the technician is asked on air: each gesture a small dialog, in which the show's single keys do nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from bobine.air.finishing import finish
from bobine.air.journal import Journal
from bobine.air.live import TOO_LATE_S
from bobine.errors import BobineError
from bobine.evening.rundowns import archive
from bobine.french import sort_key
from bobine.model.durations import format_duration, parse_duration
from bobine.model.episode import Item, ItemKind
from bobine.plan.changes import ChangeKind, Repair, apply_repair
from bobine.plan.known_people import known_people
from bobine.plan.moves import replace_item
from bobine.plan.repair import advise
from bobine.plan.repair_words import advice_sentence, repair_sentence
from bobine.plan.timing import State, time_rundown
from bobine.store.texts import one_line
from bobine.tui.kit.ask import Ask
from bobine.tui.kit.choice import Choice, Option
from bobine.tui.kit.record_dialog import RecordDialog
from bobine.tui.messages import Wish, WishMade
from bobine.tui.onair.recorder import BETWEEN_STOPS_S, stop_recorder
from bobine.tui.rundown.completion import completion
from bobine.tui.rundown.forms import item_sections

if TYPE_CHECKING:
    from bobine.tui.onair.screen import AirScreen

USUAL_SONG = "3'30"
"""How long « encore une chanson » is thought to be, until somebody says otherwise."""


async def too_late(screen: AirScreen) -> None:
    """« J'ai appuyé trop tard »: by how much?"""
    options = [Option(str(seconds), f"de {seconds} secondes") for seconds in TOO_LATE_S]
    chosen = await _choose(screen, "J'ai appuyé trop tard", options)
    if chosen is not None:
        screen.act(lambda: screen.live.move_back(int(chosen)))


async def repair(screen: AirScreen) -> None:
    """What to cut, what to add: applied only when it is chosen."""
    timing = screen.timing
    advice = advise(timing)
    repairs = advice.repairs or ((advice.best,) if advice.best is not None else ())
    options = [Option(str(place), repair_sentence(one)) for place, one in enumerate(repairs)]
    chosen = await _choose(screen, "Quoi couper ? Quoi ajouter ?", options, intro=advice_sentence(advice))
    if chosen is not None:
        _apply(screen, repairs[int(chosen)])


def _apply(screen: AirScreen, chosen: Repair) -> None:
    for change in chosen.changes:
        if change.kind is ChangeKind.DROP:
            screen.act(lambda item=change.item: screen.live.skip(item))  # type: ignore[misc]
        elif change.kind is ChangeKind.TAKE_IN:
            screen.act(lambda item=change.item: screen.live.reserve(item))  # type: ignore[misc]
    if screen.document is None:
        return
    lengths = tuple(one for one in chosen.changes if not one.kind.decides)
    items, _ = apply_repair(screen.items, Repair(lengths))
    screen.document.edit(replace(screen.document.value, items=items), repair_sentence(chosen))


async def absent(screen: AirScreen) -> None:
    """« Personne absente »: a standby in the place of the item under the cursor."""
    item = screen.item
    if item is None or item.standby:
        return
    reserve = [line.item for line in screen.timing.lines if line.state is State.STANDBY]
    options = [Option(one.id, f"{one.title} · {format_duration(one.duration)}", one.source) for one in reserve]
    options.append(Option("", "Rien à la place", "L'élément est seulement sauté."))
    chosen = await _choose(screen, f"À la place de « {item.title} » ?", options)
    if chosen is None or not screen.act(lambda: screen.live.skip(item.id)) or not chosen:
        return
    coming = screen.timing.next
    screen.act(lambda: screen.live.reserve(chosen))
    if coming is None or coming.item.id == item.id or coming.item.kind is ItemKind.CLOSING_THEME:
        screen.act(lambda: screen.live.choose(screen.items, chosen))


async def song(screen: AirScreen) -> None:
    """« Encore une chanson ? »: yes or no, with what it costs."""

    def check(text: str) -> str | None:
        try:
            return None if parse_duration(text) else "une durée au-dessus de zéro est attendue"
        except ValueError as error:
            return str(error)

    text = await _ask(screen, "Encore une chanson ? De quelle durée ?", USUAL_SONG, check)
    if text is None:
        return
    length = parse_duration(text)
    extra = Item(id="une-chanson-de-plus", title="Une chanson de plus", kind=ItemKind.MUSIC, duration=length)
    progress = screen.live.session.progress
    slot = screen.desk.show.slot.bounds(screen.day)
    after = time_rundown((extra, *screen.items), slot, replace(progress, next=extra.id), screen.now)
    late = after.expected_end - after.slot_end
    if late.total_seconds() <= 0:
        screen.tell(f"OUI : il restera {format_duration(-late)} avant {after.slot_end:%H:%M:%S}.")
        return
    advice = advise(after, protected=[extra.id])
    cost = repair_sentence(advice.repairs[0]) if advice.repairs else "Rien à couper ne suffit."
    screen.tell(f"NON, sauf à couper : l'émission dépasserait de {format_duration(late)}. {cost}", warning=True)


async def speech(screen: AirScreen) -> None:
    """The stopwatch of political speech: who speaks?"""
    if screen.document is None:
        return
    watches = screen.live.session.stopwatches
    people = screen.document.value.people
    options = [
        Option(person.id, person.name, "en cours : l'arrêter" if _running(screen, person.id) else "")
        for person in sorted(people, key=lambda one: (one.id not in watches, sort_key(one.name)))
    ]
    chosen = await _choose(
        screen, "Temps de parole de qui ?", [*options, Option("other", "Une autre personne, une liste…")]
    )
    if chosen == "other":
        chosen = await _ask(screen, "Qui parle ?", "", one_line)
    if chosen:
        screen.act(lambda: screen.live.turn_stopwatch(chosen))


def _running(screen: AirScreen, of: str) -> bool:
    watch = screen.live.session.stopwatches.get(of)
    return watch is not None and watch.since is not None


async def note(screen: AirScreen) -> None:
    """Something to write down."""
    text = await _ask(screen, "Noter", "", one_line)
    if text is not None:
        screen.act(lambda: screen.live.note(text))


async def edit(screen: AirScreen) -> None:
    """Edit the plan on air: what was aired keeps what it was."""
    item = screen.item
    document = screen.document
    if item is None or document is None:
        return
    people = known_people((), screen.desk.members(), document.value)
    sections = item_sections(screen.desk.show, document.value, completion(lambda: people))
    plain = tuple(replace(one, fields=tuple(spec for spec in one.fields if spec.name not in ("people", "works")))
                  for one in sections)  # fmt: skip
    intro = "MODIFICATION : les touches de l'antenne sont coupées. Ce qui est passé ne change pas."
    changed = await screen.app.push_screen_wait(RecordDialog(item.title, plain, item, intro=intro))
    if changed is not None:
        newest = next((one for one in document.value.items if one.id == item.id), None)
        if newest is not None:
            names = [spec.name for section in plain for spec in section.fields]
            fields = {name: getattr(changed, name) for name in names if getattr(changed, name) != getattr(item, name)}
            document.edit(replace_item(document.value, replace(newest, **fields)), f"« {item.title} »")


async def record(screen: AirScreen) -> None:
    """Begin to record, or go on where it was cut; or stop, which asks for a typed word."""
    if not screen.recorder.sound().alive:
        await asyncio.to_thread(screen.recorder.start)
    elif await _typed(screen, "Arrêter l'enregistrement ?", "arrêter"):
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
        if await _choose(screen, "L'émission est finie ?", options, current="no") != "yes":
            return
        if not screen.act(screen.live.end):
            return
    await keep_rundowns(screen)
    if screen.recorder.sound().alive:
        title = "L'antenne est rendue. Arrêter aussi l'enregistrement ?"
        if not await _typed(screen, title, "arrêter") or not await _stop(screen):
            return
    if stage.recording is None:
        screen.tell("Répétition finie : rien n'en reste.")
        return
    known = [item.id for item in screen.items]
    as_run = await asyncio.to_thread(finish, stage.recording, Journal(stage.journal), known)
    count = len(as_run.items)
    if stage.rehearsal:
        screen.tell(f"Répétition finie : {count} éléments retrouvés dans le son.")
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
    intro = f"Conducteur réalisé écrit : {count} éléments."
    chosen = await _choose(screen, "Et maintenant ?", options, intro=intro)
    if chosen in ("master", "publish"):
        folder = screen.desk.workspace.folder(screen.desk.show, screen.day)
        screen.post_message(WishMade(Wish(folder.reference, publish=chosen == "publish")))


async def leave(screen: AirScreen) -> None:
    """Quit; on air it asks for a typed word. The recording goes on, but for a rehearsal's."""
    progress = screen.live.session.progress
    live = progress.begun and progress.ended is None
    if live and not await _typed(screen, "L'émission est à l'antenne. Quitter cet écran ?", "quitter"):
        return
    if screen.stage.rehearsal and screen.stage.recording is not None:
        await asyncio.to_thread(stop_recorder, screen.stage.recording)
    await screen.app.action_quit()


async def _typed(screen: AirScreen, title: str, word: str) -> bool:
    """Whether somebody typed the word, accents or not."""

    def check(text: str) -> str | None:
        return None if sort_key(text) == sort_key(word) else f"écrivez « {word} », ou Échap pour ne rien faire"

    return await _ask(screen, f"{title} Écrivez « {word} ».", "", check) is not None


async def _choose(
    screen: AirScreen, title: str, options: Sequence[Option], *, intro: str = "", current: str = ""
) -> str | None:
    dialog = Choice(title, options, intro=intro, current=current, search=False, empty="Rien à proposer.")
    return await screen.app.push_screen_wait(dialog)


async def _ask(screen: AirScreen, title: str, value: str, check: Callable[[str], str | None]) -> str | None:
    return await screen.app.push_screen_wait(Ask(title, value, check=check))


GESTURES: dict[str, Callable[[AirScreen], Awaitable[None]]] = {
    "absent": absent,
    "archive": keep_rundowns,
    "edit": edit,
    "end": end,
    "leave": leave,
    "note": note,
    "record": record,
    "repair": repair,
    "song": song,
    "speech": speech,
    "too_late": too_late,
}
"""The gestures by name."""
