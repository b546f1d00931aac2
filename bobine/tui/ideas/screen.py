"""« Idées »: what anybody proposed, until a show has it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, VerticalScroll
from textual.widgets import Static

from bobine.errors import BobineError
from bobine.french import long_date, typeset
from bobine.model.episode import ItemKind
from bobine.model.episode_day import read_episode_day
from bobine.model.ideas import Idea, IdeaStatus
from bobine.plan.editing.differences import row_differences
from bobine.plan.editing.merge import row_kept
from bobine.plan.fields.field_words import label
from bobine.plan.fields.words import KINDS
from bobine.plan.season.ideas import new_idea, reopen, set_aside
from bobine.plan.season.planned_ideas import EpisodeAndIdeas, idea_planned
from bobine.store.rules.texts import one_line
from bobine.tui.documents.desk import Desk
from bobine.tui.documents.document import Document
from bobine.tui.ideas.rows import COLUMNS, idea_lines, idea_rows
from bobine.tui.kit.dialogs.ask import Ask
from bobine.tui.kit.dialogs.choice import Choice, Option
from bobine.tui.kit.forms.fields import Control, FieldSpec, Section, words_options
from bobine.tui.kit.forms.record_dialog import RecordDialog
from bobine.tui.kit.lists.lines import Lines
from bobine.tui.kit.lists.listing import Listing
from bobine.tui.kit.screens.document_screen import UNDO_KEYS, DocumentScreen, Fault

FORM = (
    Section(
        "",
        (
            FieldSpec(name="title", label=label(Idea, "title")),
            FieldSpec(name="by", label="De la part de", hint="par exemple une auditrice, au marché"),
            FieldSpec(
                name="proposed", label="Proposé le", control=Control.DAY, optional=True, hint="par exemple 26/11/2026"
            ),
            FieldSpec(
                name="kind",
                label=label(Idea, "kind"),
                control=Control.PICK,
                options=words_options(KINDS),
                make=ItemKind,
            ),
            FieldSpec(
                name="duration",
                label=label(Idea, "duration"),
                control=Control.DURATION,
                optional=True,
                hint="par exemple 6'00",
            ),
            FieldSpec(name="notes", label=label(Idea, "notes"), control=Control.LINES),
        ),
    ),
)
"""The form of an idea."""


class IdeasScreen(DocumentScreen):
    """The box of ideas."""

    PLACE = "ideas"
    ONCE = frozenset({"set_aside", "undo", "redo"})
    CSS_PATH = "ideas.tcss"
    HELP = (
        "« Antenne ouverte à tous » : la boîte à idées. Tout le monde peut proposer un sujet ; on note de qui il "
        "vient. V en fait un élément du conducteur d'un {day} ; X le met de côté, ou le reprend."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "edit", "Fiche", tooltip="Modifier l'idée"),
        Binding("a", "add", "Ajouter", tooltip="Noter une idée"),
        Binding("v", "plan", "Au conducteur", tooltip="Mettre l'idée au conducteur d'une émission"),
        Binding("x,delete", "set_aside", "De côté", key_display="X", tooltip="Mettre l'idée de côté, ou la reprendre"),
        *UNDO_KEYS,
    ]

    def __init__(self, desk: Desk, day: date | None) -> None:
        super().__init__(desk)
        self.title = "Idées"
        self._day = day
        self._document: Document[tuple[Idea, ...]] | None = None
        self._episodes: dict[date, Document[EpisodeAndIdeas]] = {}

    def content(self) -> ComposeResult:
        """The ideas, and what is known of the one under the cursor."""
        yield Static(typeset("Antenne ouverte à tous : les sujets proposés"), id="ideas-headline")
        yield Fault()
        with Container(id="ideas-body"):
            yield Listing(
                COLUMNS, empty="Aucune idée notée encore : A pour en noter une.", moved=self._about, id="ideas-list"
            )
            with VerticalScroll(id="ideas-about"):
                yield Lines(id="ideas-lines")

    def on_mount(self) -> None:
        """Show the ideas."""
        self.query_one("#ideas-list").focus()
        self._open()

    def _open(self) -> None:
        self._document = self.open_document(self.desk.ideas_source(), row_differences)
        self.draw()

    async def look(self) -> None:
        """Show what changed on the disk."""
        if self._document is None:
            self._open()
        await super().look()

    @property
    def ideas(self) -> tuple[Idea, ...]:
        """The ideas as they are shown."""
        return self._document.value if self._document is not None else ()

    @property
    def idea(self) -> Idea | None:
        """The idea under the cursor."""
        key = self.query_one("#ideas-list", Listing).key
        return next((idea for idea in self.ideas if idea.id == key), None)

    def draw(self, go: str | None = None) -> None:
        """Show the ideas as they are now."""
        self.query_one("#ideas-list", Listing).show(idea_rows(self.ideas), key=go)
        self._about()

    def _about(self) -> None:
        self.query_one("#ideas-lines", Lines).show(idea_lines(self.idea))

    def _put(self, ideas: Sequence[Idea], label: str, *, go: str | None = None) -> None:
        if self._document is not None:
            self.edit_document(self._document, tuple(ideas), label, go=go)

    def _replace(self, idea: Idea, label: str) -> None:
        self._put([idea if one.id == idea.id else one for one in self.ideas], label, go=idea.id)

    @on(Listing.Chosen, "#ideas-list")
    def action_edit(self) -> None:
        """Open the form of the idea."""
        seen, shown = self.idea, self.ideas
        if seen is None:
            self.action_add()
            return

        def still() -> bool:
            return any(one.id == seen.id for one in self.ideas)

        def keep(changed: Idea | None) -> None:
            if changed is not None:
                label = f"idée « {seen.title} »" if still() else f"idée « {seen.title} » remise"
                ideas = self.told(row_kept(shown, changed, self.ideas))
                self._put(ideas, label, go=seen.id)

        self.app.push_screen(RecordDialog("Une idée", FORM, seen, still=still), keep)

    def action_add(self) -> None:
        """Note an idea: its subject, then who proposed it."""
        self.run_worker(self._add(), group="gesture")

    async def _add(self) -> None:
        title = await self.app.push_screen_wait(Ask("Quel sujet ?", check=one_line, keep=True))
        if title is None:
            return
        by = await self.app.push_screen_wait(
            Ask("De la part de qui ?", hint="Un nom, « une auditrice », rien du tout : comme on veut.", check=_maybe)
        )
        idea = new_idea(title, by or "", self.desk.today, {one.id for one in self.ideas})
        self._put((*self.ideas, idea), f"idée « {idea.title} » notée", go=idea.id)

    def action_set_aside(self) -> None:
        """Put the idea aside, or take it up again."""
        idea = self.idea
        if idea is not None:
            again = idea.status is not IdeaStatus.OPEN
            done = "reprise" if again else "mise de côté"
            self._replace(reopen(idea) if again else set_aside(idea), f"idée « {idea.title} » {done}")

    def action_plan(self) -> None:
        """Make the idea an item of a show."""
        if self.idea is not None:
            self.run_worker(self._plan(self.idea), group="gesture")

    async def _plan(self, idea: Idea) -> None:
        desk = self.desk
        days = [day for day in desk.days() if day >= desk.today]
        options = [Option(day.isoformat(), long_date(day)) for day in days]
        current = self._day.isoformat() if self._day in days and self._day is not None else ""
        dialog = Choice(f"« {idea.title} » : pour quelle émission ?", options, current=current,
                        empty="Aucune émission à venir n'est préparée : ouvrez-en une depuis la saison.")  # fmt: skip
        chosen = await self.app.push_screen_wait(dialog)
        if chosen is None:
            return
        day = read_episode_day(chosen)
        try:
            document = await self._with_episode(day)
        except BobineError as error:
            self.tell(str(error), refused=True)
            return
        before, planned = document.value, idea_planned(document.value, idea)
        self.edit_document(document, planned, f"idée « {idea.title} » au conducteur", go=idea.id)
        await document.settle()
        await self.look()
        new = set(planned.episode.items) - set(before.episode.items)
        if new <= set(document.value.episode.items) and not document.unsaved:
            self.tell(f"« {idea.title} » est au conducteur du {long_date(day)}.")

    async def _with_episode(self, day: date) -> Document[EpisodeAndIdeas]:
        """The episode of a day and the ideas, as one document, as they are now."""
        await self.settle()
        if day in self._episodes:
            await self._episodes[day].look()
        else:
            source = self.desk.episode_and_ideas_source(day)
            value = await asyncio.to_thread(source.read)
            self._episodes[day] = self.follow_document(source, value, lambda _before, _after: ())
        return self._episodes[day]


def _maybe(text: str) -> str | None:
    return one_line(text) if text else None
