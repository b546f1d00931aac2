"""Questions to the technician while the show is on air."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bobine.air.live.show import TOO_LATE_S
from bobine.french import sort_key
from bobine.model.episode import Item, ItemKind
from bobine.model.written.durations import format_duration, parse_duration
from bobine.plan.editing.merge import merge_episode
from bobine.plan.editing.moves import replace_item
from bobine.plan.people.known_people import known_people
from bobine.plan.readiness.reserve import is_bare
from bobine.plan.repair.changes import ChangeKind, Repair, apply_repair
from bobine.plan.repair.repairs import advise, step_within
from bobine.plan.repair.words import advice_sentence, landing_words, repair_sentence
from bobine.plan.timing.rundown import State, time_rundown
from bobine.store.rules.texts import one_line
from bobine.tui.episode.completion import completion
from bobine.tui.episode.forms import item_sections
from bobine.tui.kit.dialogs.choice import Option
from bobine.tui.kit.forms.record_dialog import RecordDialog
from bobine.tui.onair.gestures.asking import ask, choose, show

if TYPE_CHECKING:
    from bobine.tui.onair.show_on_air import ShowOnAir

USUAL_SONG = "3'30"
"""How long « encore une chanson » is thought to be, until somebody says otherwise."""


async def too_late(air: ShowOnAir) -> None:
    """« J'ai appuyé trop tard »: ask by how much."""
    options = [Option(str(seconds), f"de {seconds} secondes") for seconds in TOO_LATE_S]
    chosen = await choose(air, "J'ai appuyé trop tard", options)
    if chosen is not None:
        air.act(lambda: air.live.move_back(int(chosen)))


async def repair(air: ShowOnAir) -> None:
    """Propose what to cut or add; it is applied only when it is chosen."""
    timing = air.timing
    advice = advise(timing, step_s=step_within(air.desk.show.slot.tolerance))
    repairs = advice.repairs or ((advice.best,) if advice.best is not None else ())
    options = [
        Option(str(place), repair_sentence(one), landing_words(advice, one, timing.slot_end))
        for place, one in enumerate(repairs)
    ]
    chosen = await choose(air, "Quoi couper ? Quoi ajouter ?", options, intro=advice_sentence(advice))
    if chosen is not None:
        _apply(air, repairs[int(chosen)])


def _apply(air: ShowOnAir, chosen: Repair) -> None:
    for change in chosen.changes:
        if change.kind is ChangeKind.DROP:
            air.act(lambda item=change.item: air.live.skip(item))  # type: ignore[misc]
        elif change.kind is ChangeKind.TAKE_IN:
            air.act(lambda item=change.item: air.live.reserve(item))  # type: ignore[misc]
    if air.document is None:
        return
    lengths = tuple(one for one in chosen.changes if not one.kind.decides)
    items, _ = apply_repair(air.items, Repair(lengths))
    air.document.edit(replace(air.document.value, items=items), repair_sentence(chosen))


async def absent(air: ShowOnAir) -> None:
    """« Personne absente »: a standby in the place of the item under the cursor."""
    item = air.item
    if item is None or item.standby:
        return
    reserve = [line.item for line in air.timing.lines if line.state is State.STANDBY]
    options = [Option(one.id, f"{one.title} · {format_duration(one.duration)}",
                      "sans personne ni son" if is_bare(one) else one.source) for one in reserve]  # fmt: skip
    options.append(Option("", "Rien à la place", "L'élément est seulement sauté."))
    chosen = await choose(air, f"À la place de « {item.title} » ?", options)
    # what came next before the absent one is skipped: a standby that replaces it comes next
    coming = air.timing.next
    if chosen is None or not air.act(lambda: air.live.skip(item.id)) or not chosen:
        return
    air.act(lambda: air.live.reserve(chosen))
    if coming is None or coming.item.id == item.id or coming.item.kind is ItemKind.CLOSING_THEME:
        air.act(lambda: air.live.choose(air.items, chosen))


async def song(air: ShowOnAir) -> None:
    """« Encore une chanson ? »: yes or no, with what it costs."""

    def check(text: str) -> str | None:
        try:
            return None if parse_duration(text) else "une durée au-dessus de zéro est attendue"
        except ValueError as error:
            return str(error)

    text = await ask(air, "Encore une chanson ? De quelle durée ?", USUAL_SONG, check)
    if text is None:
        return
    length = parse_duration(text)
    extra = Item(id="une-chanson-de-plus", title="Une chanson de plus", kind=ItemKind.MUSIC, duration=length)
    progress = air.live.session.progress
    slot = air.desk.show.slot.bounds(air.day)
    after = time_rundown((extra, *air.items), slot, replace(progress, next=extra.id), air.now)
    late = after.expected_end - after.slot_end
    if late.total_seconds() <= 0:
        air.tell(f"OUI : il restera {format_duration(-late)} avant {after.slot_end:%H:%M:%S}.")
        return
    advice = advise(after, protected=[extra.id])
    cost = repair_sentence(advice.repairs[0]) if advice.repairs else "Rien à couper ne suffit."
    air.tell(f"NON, sauf à couper : l'émission dépasserait de {format_duration(late)}. {cost}", warning=True)


async def speech(air: ShowOnAir) -> None:
    """Ask who speaks, and turn the stopwatch of political speech."""
    if air.document is None:
        return
    watches = air.live.session.stopwatches
    people = air.document.value.people
    options = [
        Option(person.id, person.name, "en cours : l'arrêter" if _running(air, person.id) else "")
        for person in sorted(people, key=lambda one: (one.id not in watches, sort_key(one.name)))
    ]
    chosen = await choose(
        air, "Temps de parole de qui ?", [*options, Option("other", "Une autre personne, une liste…")]
    )
    if chosen == "other":
        chosen = await ask(air, "Qui parle ?", "", one_line)
    if chosen:
        air.act(lambda: air.live.turn_stopwatch(chosen))


def _running(air: ShowOnAir, of: str) -> bool:
    watch = air.live.session.stopwatches.get(of)
    return watch is not None and watch.since is not None


async def note(air: ShowOnAir) -> None:
    """Ask for something to write down."""
    text = await ask(air, "Noter", "", one_line)
    if text is not None:
        air.act(lambda: air.live.note(text))


async def edit(air: ShowOnAir) -> None:
    """Edit the plan on air: what was aired keeps what it was."""
    item = air.item
    document = air.document
    if item is None or document is None:
        return
    seen = document.value
    people = known_people((), air.desk.members(), seen)
    sections = item_sections(air.desk.show, seen, completion(lambda: people))
    plain = tuple(replace(one, fields=tuple(spec for spec in one.fields if spec.name not in ("people", "works")))
                  for one in sections)  # fmt: skip
    intro = "MODIFICATION : les touches de l'antenne sont coupées. Ce qui est passé ne change pas."
    changed = await show(air, RecordDialog(item.title, plain, item, intro=intro))
    if changed is not None and any(one.id == item.id for one in document.value.items):
        merged = merge_episode(seen, replace_item(seen, changed), document.value)
        for conflict in merged.conflicts:
            air.tell(conflict.sentence, warning=True)
        document.edit(merged.value, f"« {item.title} »")
