"""Questions of « Heures »: who else was there, and a meeting or a training with all who came."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol, TypeVar

from textual.screen import Screen

from bobine.evening.seasons.presence import usual_length
from bobine.model.hours import HoursLine, Task
from bobine.model.written.days import parse_day
from bobine.model.written.hours import hours_text, parse_hours
from bobine.plan.people.known_people import KnownPerson, find_known
from bobine.plan.people.name_list import plain_name, read_names
from bobine.plan.volunteers.lines import with_people
from bobine.report.words import counted
from bobine.tui.episode.completion import completion
from bobine.tui.hours.rows import ORDER_OF_OTHERS
from bobine.tui.kit.dialogs.ask import Ask
from bobine.tui.kit.dialogs.choice import Choice, Option
from bobine.tui.kit.forms.fields import text_of_day

T = TypeVar("T")

_WHO = "Des noms, séparés par des virgules."


class Asking(Protocol):
    """The part of the screen that the questions need."""

    @property
    def known(self) -> tuple[KnownPerson, ...]:
        """The people who may be named."""

    async def answer(self, dialog: Screen[T]) -> T | None:
        """Open a dialog and wait for its answer; None where there was none."""


@dataclass(frozen=True, slots=True)
class Present:
    """People who were there.

    Attributes:
        names: theirs.
        task: what they did.
        length: how long, each; None for as long as it usually takes them.
        day: when; None for the day of the show.
    """

    names: tuple[str, ...]
    task: Task
    length: timedelta | None = None
    day: date | None = None

    @property
    def words(self) -> str:
        """The sentence of undo: « préparation, 2 personnes »."""
        return f"{self.task.french}, {counted(len(self.names), 'personne')}"

    def beside(self, lines: Sequence[HoursLine], before: Sequence[HoursLine] = ()) -> tuple[HoursLine, ...]:
        """The lines with these people's, as far as they are not noted yet.

        Args:
            lines: what is noted.
            before: lines that tell how long it usually takes.
        """
        found = tuple(lines)
        for name in self.names:
            length = self.length or usual_length(name, self.task, before)
            found = with_people(found, [name], self.task, length, self.day)
        return found


async def ask_present(hours: Asking) -> Present | None:
    """Ask who else was at a show, and what they did; None where there was no answer."""
    names = await _names(hours, "Qui d'autre était là ?")
    if not names:
        return None
    task = await _task(hours, "Pour quelle tâche ?", tuple(Task))
    return Present(names, task) if task is not None else None


async def ask_meeting(hours: Asking, lines: Sequence[HoursLine], today: date) -> Present | None:
    """Ask what it was, when, how long, and who came; None where there was no answer.

    Args:
        hours: the screen.
        lines: what is noted already, for how long it usually takes.
        today: the day that is proposed.
    """
    task = await _task(hours, "Hors émission : quoi ?", ORDER_OF_OTHERS)
    if task is None:
        return None
    hint = "Un jour, comme 26/11/2026."
    typed = await hours.answer(
        Ask("Quel jour ?", text_of_day(today), hint=hint, check=_fault_of(lambda text: parse_day(text, today)))
    )
    if typed is None:
        return None
    day = parse_day(typed, today)
    length = await ask_length(hours, "Combien de temps ?", usual_length("", task, lines))
    if length is None:
        return None
    names = await _names(hours, "Qui était là ?")
    return Present(names, task, length, day) if names else None


async def ask_length(hours: Asking, title: str, length: timedelta) -> timedelta | None:
    """Ask how long; None where there was no answer."""
    hint = "Comme 2 h 30, 2,5 ou 45 min."
    typed = await hours.answer(Ask(title, hours_text(length), hint=hint, check=_fault_of(parse_hours)))
    return parse_hours(typed) if typed is not None else None


async def _task(hours: Asking, title: str, tasks: Iterable[Task]) -> Task | None:
    options = [Option(str(task), task.french[:1].upper() + task.french[1:]) for task in tasks]
    chosen = await hours.answer(Choice(title, options, search=False))
    return Task(chosen) if chosen is not None else None


async def _names(hours: Asking, title: str) -> tuple[str, ...]:
    known = hours.known
    typed = await hours.answer(
        Ask(title, hint=_WHO, check=_fault_of(lambda text: names_of(text, known)),
            complete=completion(lambda: known), keep=True)
    )  # fmt: skip
    return names_of(typed, known) if typed is not None else ()


def names_of(text: str, known: Sequence[KnownPerson]) -> tuple[str, ...]:
    """The names of a text, each once and as it is known; a first name is enough for the only one who bears it.

    Raises:
        ValueError: if there is none, or a name cannot be read; in French.
    """
    spelled = {plain_name(one.name) for one in known}
    found = []
    for written in read_names(text, lambda name: plain_name(name) in spelled):
        person = find_known(written.name, known)
        found.append(person.name if person is not None else written.name)
    if not found:
        raise ValueError("il manque un nom")
    return tuple(dict.fromkeys(found))


def _fault_of(read: Callable[[str], object]) -> Callable[[str], str | None]:
    """The check of a text that must be read: what is wrong with it, or None."""

    def fault(text: str) -> str | None:
        try:
            read(text)
        except ValueError as error:
            return str(error)
        return None

    return fault
