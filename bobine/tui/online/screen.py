"""« En ligne »: what listeners have of the show, to be corrected, withdrawn or checked."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, VerticalScroll
from textual.widgets import Static

from bobine.french import enumerate_words, long_date, typeset
from bobine.store.rules.texts import one_line
from bobine.tui.documents.desk import Desk
from bobine.tui.kit.dialogs.ask import Ask
from bobine.tui.kit.dialogs.choice import Choice, Option
from bobine.tui.kit.lists.lines import Lines
from bobine.tui.kit.lists.listing import Listing
from bobine.tui.kit.screens.desk_screen import DeskScreen
from bobine.tui.messages import Amend, OpenEpisode, WishMade
from bobine.tui.online.reading import OnlineRead
from bobine.tui.online.rows import (
    COLUMNS,
    OnlineEpisode,
    about,
    correction_words,
    headline,
    online_rows,
    withdrawal_words,
)

_WHOLE = "/"
"""The choice of the whole episode; no item has such an id."""


class OnlineScreen(DeskScreen):
    """The episodes that are, or were, online."""

    PLACE = "online"
    ONCE = frozenset({"correct", "withdraw", "check"})
    CSS_PATH = "online.tcss"
    HELP = (
        "Ce que les gens peuvent écouter : chaque émission publiée, ce qui a changé depuis dans son conducteur, et les "
        "anciens fichiers qui restent en ligne. C met en ligne ce qui a changé ; R retire l'émission ou un de ses "
        "éléments ; V demande de nouveau les adresses publiques. Chaque touche dit d'abord ce qu'elle va changer, et "
        "demande un motif : il en reste une trace. Pour remettre en ligne une émission retirée, publiez-la. Entrée "
        "ouvre le conducteur."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "Conducteur", tooltip="Ouvrir le conducteur de l'émission"),
        Binding("c", "correct", "Corriger", tooltip="Mettre en ligne ce qui a changé, avec un motif"),
        Binding("r", "withdraw", "Retirer", tooltip="Retirer l'émission du podcast, ou un de ses éléments"),
        Binding("v", "check", "Vérifier", tooltip="Vérifier que ce qui est retiré n'est plus en ligne"),
    ]

    def __init__(self, desk: Desk, day: date | None) -> None:
        super().__init__(desk)
        self.title = "En ligne"
        self._day = day
        self._book = OnlineRead(desk)
        self._episodes: tuple[OnlineEpisode, ...] = ()

    def content(self) -> ComposeResult:
        """The episodes, and what is known of the one under the cursor."""
        yield Static(typeset("Ce qui est en ligne"), id="online-headline")
        with Container(id="online-body"):
            yield Listing(
                COLUMNS, empty="Rien n'est en ligne encore : « bobine publier ».", moved=self._about, id="online-list"
            )
            with VerticalScroll(id="online-about"):
                yield Lines(id="online-lines")

    def on_mount(self) -> None:
        """Show the episodes."""
        listing = self.query_one("#online-list", Listing)
        listing.unread(True)
        listing.focus()
        self._look()

    async def look(self) -> None:
        """Show what changed on the disk."""
        found = await asyncio.to_thread(self._book.read)
        if not self.is_attached:
            return
        listing = self.query_one("#online-list", Listing)
        listing.unread(False)
        if found != self._episodes:
            first = not self._episodes
            self._episodes = found
            self.query_one("#online-headline", Static).update(typeset(headline(found)), layout=False)
            go = self._day.isoformat() if first and self._day is not None else None
            listing.show(online_rows(found), key=go)
            self._about()

    def show_changed(self, fault: str) -> None:
        """The show's settings may say something else of how long files stay."""
        if fault:
            self.tell(fault, refused=True)

    def _chosen(self) -> OnlineEpisode | None:
        key = self.query_one("#online-list", Listing).key
        return next((one for one in self._episodes if one.day.isoformat() == key), None)

    def _about(self) -> None:
        self.query_one("#online-lines", Lines).show(about(self._chosen()))

    @on(Listing.Chosen, "#online-list")
    def action_open(self) -> None:
        """Open the rundown of the episode."""
        one = self._chosen()
        if one is not None:
            self.post_message(OpenEpisode(one.day))

    def action_correct(self) -> None:
        """Bring what changed online, once it was said what that is."""
        one = self._chosen()
        if one is None:
            return
        if one.withdrawn:
            self.tell("Cette émission est retirée : « bobine publier » la remet en ligne.", warning=True)
            return
        self.run_worker(self._correct(one), group="gesture")

    async def _correct(self, one: OnlineEpisode) -> None:
        days = self.desk.show.podcast.keep_former_days
        at_once = await self._how(f"Corriger l'émission du {long_date(one.day)} ?", correction_words(one, days), days)
        if at_once is None:
            return
        await self._wish(one, "corriger", at_once=at_once)

    def action_withdraw(self) -> None:
        """Withdraw the episode or an item, once it was said what that changes."""
        one = self._chosen()
        if one is not None:
            self.run_worker(self._withdraw(one), group="gesture")

    async def _withdraw(self, one: OnlineEpisode) -> None:
        options = [Option(_WHOLE, "Toute l'émission", "Elle sort du flux ; sa page dit qu'elle est retirée.")]
        options += [
            Option(item.id, item.title, enumerate_words(item.people), group="Un seul élément") for item in one.items
        ]
        chosen = await self.answer(Choice(f"Retirer quoi, le {long_date(one.day)} ?", options))
        if chosen is None:
            return
        item = "" if chosen == _WHOLE else chosen
        title = next((other.title for other in one.items if other.id == item), "")
        days = self.desk.show.podcast.keep_former_days
        asked = f"Retirer « {title} » ?" if item else "Retirer toute l'émission ?"
        at_once = await self._how(asked, withdrawal_words(one, title, days), days)
        if at_once is not None:
            await self._wish(one, "retirer", item=item, at_once=at_once)

    async def _how(self, title: str, intro: str, days: int) -> bool | None:
        """Ask whether old files go at once; None where nothing is to be done."""
        options = [
            *([Option("later", f"Oui ; supprimer les anciens fichiers dans {days} jours")] if days else []),
            Option("now", "Oui ; supprimer les anciens fichiers tout de suite"),
            Option("no", "Ne rien faire"),
        ]
        chosen = await self.answer(Choice(title, options, intro=intro, search=False))
        return None if chosen in (None, "no") else chosen == "now"

    async def _wish(self, one: OnlineEpisode, command: str, *, item: str = "", at_once: bool) -> None:
        hint = "Une ligne ; il en reste une trace, et la page d'une émission retirée la montre."
        reason = await self.answer(Ask("Pourquoi ?", hint=hint, check=one_line, keep=True))
        if reason:
            reference = self.desk.workspace.folder(self.desk.show, one.day).reference
            self.post_message(WishMade(Amend(reference, command, reason.strip(), item, at_once), one.day))

    def action_check(self) -> None:
        """Look at the public addresses again."""
        one = self._chosen()
        if one is not None:
            reference = self.desk.workspace.folder(self.desk.show, one.day).reference
            self.post_message(WishMade(Amend(reference, "verifier"), one.day))
