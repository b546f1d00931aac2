"""Participants: everybody in the show, whether they come, what they signed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bobine.model.people import Person
from bobine.plan.editing.moves import drop_person, replace_person
from bobine.plan.fields.words import ROLES, consent_words
from bobine.tui.episode.forms import person_sections
from bobine.tui.kit.dialogs.choice import Option
from bobine.tui.kit.forms.record_dialog import RecordDialog
from bobine.tui.rundown.asking import choose, put

if TYPE_CHECKING:
    from bobine.tui.rundown.open_rundown import OpenRundown


async def run(rundown: OpenRundown) -> None:
    """List them; the chosen one's form, and back to the list."""
    current = ""
    while True:
        options = [Option(person.id, person.name, _words(person)) for person in rundown.episode.people]
        chosen = await choose(rundown, "Les personnes de l'émission", options, current=current,
                              empty="Personne encore : P sur un élément dit qui y participe.")  # fmt: skip
        if chosen is None:
            return
        current = chosen
        if any(person.id == chosen for person in rundown.episode.people):
            await _one(rundown, chosen)


async def _one(rundown: OpenRundown, person_id: str) -> None:
    seen = rundown.episode
    person = seen.person(person_id)
    items = [item.title for item in seen.items if person_id in item.people]

    def still() -> bool:
        return any(one.id == person_id for one in rundown.episode.people)

    options = [
        Option("form", "Modifier sa fiche", _words(person)),
        Option("drop", "Retirer de l'émission", f"Aussi de : {', '.join(items)}" if items else ""),
    ]
    match await choose(rundown, person.name, options):
        case "form":
            changed = await rundown.answer(RecordDialog(person.name, person_sections(), person, still=still))
            if changed is not None:
                put(rundown, seen, replace_person(seen, changed), f"fiche de {person.name}")
        case "drop":
            put(rundown, seen, drop_person(seen, person_id), f"{person.name} n'y est plus")


def _words(person: Person) -> str:
    parts = [ROLES[person.role], *(ROLES[role] for role in person.also)]
    parts += [f"doublure : {ROLES[role]}" for role in person.understudy]
    parts += [consent_words(person)] if person.needs_consent else []
    parts += ["venue à confirmer"] if person.needs_confirmation else []
    return " · ".join(part for part in parts if part)
