"""What is known of somebody: written to files for them, or forgotten, once all that goes and stays was shown."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from textual.message import Message
from textual.screen import Screen

from bobine.french import sort_key
from bobine.model.episode import Episode
from bobine.model.team import Member
from bobine.plan.editing.ids import slug
from bobine.store.rules.texts import one_line
from bobine.tui.documents.desk import Desk
from bobine.tui.documents.failures import sentence
from bobine.tui.kit.dialogs.agree import Agree
from bobine.tui.kit.dialogs.ask import Ask
from bobine.tui.kit.dialogs.choice import Choice, Option
from bobine.tui.kit.dialogs.working import watch
from bobine.tui.kit.lists.rows import Tone
from bobine.tui.messages import Forget, WishMade

if TYPE_CHECKING:
    from bobine.evening.privacy.online.seen import SeenOnline
    from bobine.evening.privacy.survey import Survey

T = TypeVar("T")

WORD = "oublier"
"""The word that has somebody forgotten."""

_OPTIONS = (
    Option("export", "Lui donner tout ce que nous savons", "Une page à lire et du JSON, pour elle seule."),
    Option("forget", "L'oublier…", "Ce qui s'en va et ce qui est gardé est d'abord montré."),
)  # fmt: skip


class Asking(Protocol):
    """The part of the screen that is needed."""

    episodes: tuple[Episode, ...]

    @property
    def desk(self) -> Desk:
        """What the screens work on."""

    @property
    def members(self) -> tuple[Member, ...]:
        """The team."""

    async def answer(self, dialog: Screen[T]) -> T | None:
        """Open a dialog and wait for its answer; None where there was none."""

    def open_dialog(self, dialog: Screen[None]) -> None:
        """Open a dialog that nobody waits for."""

    def tell(self, sentence: str, *, warning: bool = False, refused: bool = False) -> None:
        """Say one sentence."""

    def post_message(self, message: Message) -> bool:
        """Tell the application of a wish."""


@dataclass(frozen=True, slots=True)
class _Found:
    """What is known of somebody, and what would stand in the place of the name."""

    seen: Survey
    online: SeenOnline
    pseudonym: str

    @property
    def anything(self) -> bool:
        return bool(self.seen.looked or self.online.found)


async def run(team: Asking, name: str) -> None:
    """Ask of whom and what for, look everywhere, and do it.

    Args:
        team: the screen.
        name: of the member under the cursor; empty for none.
    """
    names = _known(team.members, team.episodes)
    typed = await team.answer(
        Ask("Données personnelles : de qui ?", name, check=one_line, complete=_completed(names),
            hint="un membre de l'équipe, ou n'importe qui d'un conducteur")
    )  # fmt: skip
    if not typed:
        return
    chosen = await team.answer(Choice(typed, _OPTIONS))
    if chosen is None:
        return
    try:
        found = await watch(
            team, f"Chercher « {typed} » partout", lambda tell, cancel: _look(team.desk, typed, tell, cancel)
        )
        if found is None:
            return
        if not found.anything:
            team.tell(f"Rien n'a été trouvé de « {typed} » : essayez le nom comme dans le conducteur.")
        elif chosen == "export":
            page = await asyncio.to_thread(_export, team.desk, found, typed)
            team.tell(f"Écrit : {page}, et le même en .json")
        elif await team.answer(Agree(f"Oublier « {typed} » pour toujours", tuple(_lines(found)), WORD)):
            team.post_message(WishMade(Forget(typed)))
    except Exception as error:  # noqa: BLE001 - said, and nothing was changed
        team.tell(sentence(error), refused=True)


def _known(members: Iterable[Member], episodes: Iterable[Episode]) -> list[str]:
    found = {member.name for member in members} | {person.name for one in episodes for person in one.people}
    return sorted(found, key=sort_key)


def _completed(names: Sequence[str]) -> Callable[[str], str | None]:
    def complete(text: str) -> str | None:
        wanted = sort_key(text)
        return next((one for one in names if wanted and sort_key(one).startswith(wanted)), None)

    return complete


def _look(desk: Desk, name: str, tell: Callable[[float], None], cancel: threading.Event) -> _Found:
    from bobine.errors import Interrupted
    from bobine.evening.privacy.forgetting import pseudonym_for
    from bobine.evening.privacy.online.seen import seen_online
    from bobine.evening.privacy.survey import survey

    def on_progress(_label: str, done: int, total: int) -> None:
        if cancel.is_set():
            raise Interrupted
        tell(done / max(total, 1))

    seen = survey(desk.workspace, [name], desk.now())
    on_progress("", 0, 1)
    online = seen_online(desk.workspace, seen.search, on_progress)
    on_progress("", 1, 1)
    return _Found(seen, online, str(pseudonym_for(desk.workspace, seen)))


def _export(desk: Desk, found: _Found, name: str) -> Path:
    from bobine.evening.privacy.account import account, account_page
    from bobine.store.codec.json_text import json_text
    from bobine.store.files import atomic_write

    page = Path.cwd() / f"personne-{slug(name)}.html"
    table = account(found.seen, found.online, desk.now())
    atomic_write(page.with_suffix(".json"), (json_text(table, indent=2) + "\n").encode())
    atomic_write(page, account_page(found.seen, found.online, desk.now()).encode())
    return page


def _lines(found: _Found) -> Iterator[tuple[str, Tone]]:
    from bobine.evening.privacy.summary import doubts, goes, stays, voices

    yield from ((f"! {line}", Tone.WARN) for line in doubts(found.seen, found.online))
    for heading, lines in (
        (f"Le nom s'en va d'ici, et « {found.pseudonym} » prend sa place :", goes(found.seen, found.online)),
        ("Gardé, et pourquoi :", stays(found.seen)),
        ("La voix reste ; pour l'ôter du podcast :", voices(found.seen)),
    ):
        listed = list(lines)
        if listed:
            yield (heading, Tone.STRONG)
            yield from ((f"  {line}", Tone.PLAIN) for line in listed)
    yield ("Ce qui a été exporté, imprimé, envoyé ailleurs ou sauvegardé reste à effacer à la main.", Tone.MUTED)
    yield ("Un homonyme ? Dans le terminal : « bobine personne NOM --oublier --sauf ENDROIT ».", Tone.MUTED)
