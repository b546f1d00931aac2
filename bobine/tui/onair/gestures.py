"""What the technician is asked on air: each gesture a small dialog, in which the show's single keys do nothing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from bobine.air.live import TOO_LATE_S
from bobine.french import sort_key
from bobine.model.durations import format_duration, parse_duration
from bobine.model.episode import Item, ItemKind
from bobine.plan.changes import ChangeKind, Repair, apply_repair
from bobine.plan.known_people import known_people
from bobine.plan.moves import replace_item
from bobine.plan.repair import advise, step_within
from bobine.plan.repair_words import advice_sentence, landing_words, repair_sentence
from bobine.plan.reserve import is_bare
from bobine.plan.timing import State, time_rundown
from bobine.store.texts import one_line
from bobine.tui.kit.choice import Option
from bobine.tui.kit.record_dialog import RecordDialog
from bobine.tui.onair import another_day, before_and_after, opening
from bobine.tui.onair.asking import ask, choose, show
from bobine.tui.rundown.completion import completion
from bobine.tui.rundown.forms import item_sections

if TYPE_CHECKING:
    from bobine.tui.onair.screen import AirScreen

USUAL_SONG = "3'30"
"""How long « encore une chanson » is thought to be, until somebody says otherwise."""


async def too_late(screen: AirScreen) -> None:
    """« J'ai appuyé trop tard »: by how much?"""
    options = [Option(str(seconds), f"de {seconds} secondes") for seconds in TOO_LATE_S]
    chosen = await choose(screen, "J'ai appuyé trop tard", options)
    if chosen is not None:
        screen.act(lambda: screen.live.move_back(int(chosen)))


async def repair(screen: AirScreen) -> None:
    """What to cut, what to add: applied only when it is chosen."""
    timing = screen.timing
    advice = advise(timing, step_s=step_within(screen.desk.show.slot.tolerance))
    repairs = advice.repairs or ((advice.best,) if advice.best is not None else ())
    options = [
        Option(str(place), repair_sentence(one), landing_words(advice, one, timing.slot_end))
        for place, one in enumerate(repairs)
    ]
    chosen = await choose(screen, "Quoi couper ? Quoi ajouter ?", options, intro=advice_sentence(advice))
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
    options = [Option(one.id, f"{one.title} · {format_duration(one.duration)}",
                      "sans personne ni son" if is_bare(one) else one.source) for one in reserve]  # fmt: skip
    options.append(Option("", "Rien à la place", "L'élément est seulement sauté."))
    chosen = await choose(screen, f"À la place de « {item.title} » ?", options)
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

    text = await ask(screen, "Encore une chanson ? De quelle durée ?", USUAL_SONG, check)
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
    chosen = await choose(
        screen, "Temps de parole de qui ?", [*options, Option("other", "Une autre personne, une liste…")]
    )
    if chosen == "other":
        chosen = await ask(screen, "Qui parle ?", "", one_line)
    if chosen:
        screen.act(lambda: screen.live.turn_stopwatch(chosen))


def _running(screen: AirScreen, of: str) -> bool:
    watch = screen.live.session.stopwatches.get(of)
    return watch is not None and watch.since is not None


async def note(screen: AirScreen) -> None:
    """Something to write down."""
    text = await ask(screen, "Noter", "", one_line)
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
    changed = await show(screen, RecordDialog(item.title, plain, item, intro=intro))
    if changed is not None:
        newest = next((one for one in document.value.items if one.id == item.id), None)
        if newest is not None:
            names = [spec.name for section in plain for spec in section.fields]
            fields = {name: getattr(changed, name) for name in names if getattr(changed, name) != getattr(item, name)}
            document.edit(replace_item(document.value, replace(newest, **fields)), f"« {item.title} »")


GESTURES: dict[str, Callable[[AirScreen], Awaitable[None]]] = {
    "absent": absent,
    "check": before_and_after.check,
    "archive": before_and_after.keep_rundowns,
    "day": another_day.ask_which,
    "edit": edit,
    "end": before_and_after.end,
    "leave": before_and_after.leave,
    "note": note,
    "open": opening.ask_first,
    "record": before_and_after.record,
    "rehearsal": opening.rehearsal,
    "repair": repair,
    "song": song,
    "speech": speech,
    "too_late": too_late,
}
"""The gestures by name."""
