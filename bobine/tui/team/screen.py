"""« Équipe »: the roles of one show, and who can do what, so that skills spread."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from bobine.french import long_date, printable, typeset
from bobine.model.episode import Episode
from bobine.model.people import Role
from bobine.model.team import TEAM_ROLES, Member
from bobine.plan.editing.differences import differences, row_differences
from bobine.plan.editing.ids import free_id
from bobine.plan.editing.merge import row_kept
from bobine.plan.fields.field_words import label
from bobine.plan.fields.words import ROLES
from bobine.plan.people.team import members_seen, next_skill, with_skill
from bobine.plan.people.team_moves import suggest
from bobine.plan.readiness.lapses import Lapse, lapses_line
from bobine.store.rules.texts import one_line
from bobine.tui.documents.desk import Desk
from bobine.tui.documents.document import Document
from bobine.tui.kit.dialogs.ask import Ask
from bobine.tui.kit.forms.fields import Control, FieldSpec, Section
from bobine.tui.kit.forms.record_dialog import RecordDialog
from bobine.tui.kit.lists.listing import Listing
from bobine.tui.kit.screens.document_screen import UNDO_KEYS, DocumentScreen, Fault
from bobine.tui.messages import OpenEpisode
from bobine.tui.team import paper, privacy
from bobine.tui.team.asking import choose_holder, choose_understudy
from bobine.tui.team.rows import LEGEND, ROLE_COLUMNS, SKILL_COLUMNS, fragile_line, role_rows, skill_rows

FORM = (
    Section(
        "",
        (
            FieldSpec(name="name", label=label(Member, "name")),
            FieldSpec(name="away", label="En pause : on ne lui propose rien", control=Control.FLAG),
            FieldSpec(
                name="aliases", label=label(Member, "aliases"), control=Control.NAMES, hint="noms entre virgules"
            ),
            FieldSpec(name="notes", label=label(Member, "notes"), control=Control.LINES),
        ),
    ),
)
"""The form of a member; skills are turned in the table."""


class TeamScreen(DocumentScreen):
    """Two tables: the roles of a show, and the skills of the team.

    Attributes:
        episodes: every show that can be read.
    """

    PLACE = "team"
    ONCE = frozenset({"drop", "suggest", "undo", "redo"})
    CSS_PATH = "team.tcss"
    HELP = (
        "En haut, les rôles de l'émission choisie : qui les tient, qui est en doublure pour apprendre, et une "
        "proposition. Entrée choisit une personne, D une doublure, T remplit les rôles vides d'un coup. "
        "En bas, qui sait faire quoi : les flèches choisissent une case, Espace la fait avancer d'un cran. "
        "Tab passe d'un tableau à l'autre. I donne à la personne choisie en bas ses dates pour son agenda, ou ses "
        "heures à signer. O cherche tout ce que nous savons d'une personne, pour le lui donner ou pour l'oublier."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "hold", "Qui", tooltip="Choisir qui tient le rôle, ou avancer la compétence d'un cran"),
        Binding("space", "turn", "Cran suivant", show=False, tooltip="Avancer la compétence d'un cran"),
        Binding("d", "learn", "Doublure", tooltip="Choisir qui est en doublure"),
        Binding("t", "suggest", "Proposer", tooltip="Remplir les rôles vides, avec une doublure"),
        Binding("a", "add", "Ajouter", tooltip="Ajouter quelqu'un à l'équipe"),
        Binding("f", "edit", "Fiche", show=False, tooltip="Le nom, les notes, en pause ou non"),
        Binding("x,delete", "drop", "Ôter", show=False, key_display="X", tooltip="Ôter quelqu'un de l'équipe"),
        Binding("p", "day(-1)", "Avant", tooltip="L'émission d'avant"),
        Binding("s", "day(1)", "Après", tooltip="L'émission d'après"),
        Binding("i", "paper", "Imprimer", show=False, tooltip="Les dates de la personne, ses heures, son parcours"),
        Binding(
            "o",
            "privacy",
            "Données",
            tooltip="Tout ce que nous savons d'une personne : le lui donner, ou l'oublier",
        ),
        Binding("b", "hours", "Heures", tooltip="Noter les heures de bénévolat de l'émission"),
        *UNDO_KEYS,
    ]

    def __init__(self, desk: Desk, day: date | None) -> None:
        super().__init__(desk)
        self.title = "Équipe"
        self._day = day
        self._team: Document[tuple[Member, ...]] | None = None
        self._document: Document[Episode] | None = None
        self.episodes: tuple[Episode, ...] = ()
        self._lapses: tuple[Lapse, ...] = ()

    def content(self) -> ComposeResult:
        """The roles of the show, then the team's skills."""
        yield Static(id="team-headline")
        yield Fault()
        yield Listing(ROLE_COLUMNS, empty="Aucune émission préparée : ouvrez-en une depuis la saison.", id="team-roles")
        yield Static(id="team-fragile")
        yield Listing(
            SKILL_COLUMNS, empty="Personne dans l'équipe encore : A pour ajouter.", first_cell=1, id="team-skills"
        )
        yield Static(typeset(LEGEND), id="team-legend")

    def on_mount(self) -> None:
        """Show the team and the show."""
        self.query_one("#team-roles").focus()
        self._open()

    def on_screen_resume(self) -> None:
        """Other shows may have been planned meanwhile."""
        self.run_worker(self._learn(), group="learn", exclusive=True)

    async def _learn(self) -> None:
        self.episodes, self._lapses = await asyncio.to_thread(self._read)
        self.draw()

    def _read(self) -> tuple[tuple[Episode, ...], tuple[Lapse, ...]]:
        from bobine.evening.consents import lapsed_consents

        episodes = self.desk.known_episodes()
        return episodes, lapsed_consents(self.desk.workspace, self.desk.show, episodes, self.desk.today)

    def _open(self) -> None:
        if self._team is None:
            self._team = self.open_document(self.desk.team_source(), row_differences)
        days = self.desk.days()
        if self._day not in days:
            self._day = next((day for day in days if day >= self.desk.today), days[-1] if days else None)
        if self._day is not None and self._document is None:
            self._document = self.open_document(self.desk.episode_source(self._day), differences)
        self.draw()

    async def look(self) -> None:
        """Show what changed on the disk."""
        if self._team is None or self._document is None:
            self._open()
        await super().look()

    @property
    def episode(self) -> Episode | None:
        """The show whose roles are shown; None where there is none."""
        return self._document.value if self._document is not None else None

    @property
    def members(self) -> tuple[Member, ...]:
        """The team; where nobody is written down, those who were heard in a role of the team."""
        written = self._team.value if self._team is not None else ()
        return written or members_seen(self.episodes)

    @property
    def member(self) -> Member | None:
        """The member under the cursor."""
        key = self.query_one("#team-skills", Listing).key
        return next((member for member in self.members if member.id == key), None)

    @property
    def role(self) -> Role | None:
        """The role under the cursor, in the table that has the keyboard."""
        if self._on_skills:
            cell = self.query_one("#team-skills", Listing).cell
            return TEAM_ROLES[cell - 1] if cell is not None else None
        key = self.query_one("#team-roles", Listing).key
        return Role(key) if key is not None else None

    @property
    def _on_skills(self) -> bool:
        return self.query_one("#team-skills").has_focus

    def draw(self, go: str | None = None) -> None:
        """Show the show's roles and the team as they are now."""
        if not self.is_attached:
            return
        headline = "Aucune émission"
        if self.episode is not None:
            episode = self.episode
            headline = f"Les rôles du {long_date(episode.date)} · {episode.title}"
            rows = role_rows(episode, self.members, self.episodes)
            self.query_one("#team-roles", Listing).show(rows)
        self.query_one("#team-headline", Static).update(Content(typeset(printable(headline))), layout=False)
        self.query_one("#team-skills", Listing).show(skill_rows(self.members), key=go)
        fragile = self.query_one("#team-fragile", Static)
        lines = filter(None, (lapses_line(self._lapses), fragile_line(self.members)))
        fragile.update(Content(typeset("\n".join(map(printable, lines)))))

    def put_episode(self, episode: Episode, what: str) -> None:
        """Show another state of the show and write it; ``what`` was done, as undo names it."""
        if self._document is not None:
            self.edit_document(self._document, episode, what)

    def _put_team(self, members: Sequence[Member], what: str, *, go: str | None = None) -> None:
        if self._team is not None:
            self.edit_document(self._team, tuple(members), what, go=go)

    @on(Listing.Chosen, "#team-roles")
    @on(Listing.Chosen, "#team-skills")
    def action_hold(self) -> None:
        """Choose who holds the role; on a skill, one step further."""
        if self._on_skills:
            self.action_turn()
        elif self.episode is not None and self.role is not None:
            self.run_worker(choose_holder(self, self.role), group="gesture")

    def action_learn(self) -> None:
        """Choose who learns the role."""
        if self.episode is not None and self.role is not None:
            self.run_worker(choose_understudy(self, self.role), group="gesture")

    def action_suggest(self) -> None:
        """Fill the empty roles with the best candidates, and an understudy where somebody can teach."""
        if self.episode is not None:
            filled = suggest(self.episode, self.members, self.episodes)
            if filled == self.episode:
                self.tell("Rien à proposer : les rôles sont tenus, ou personne n'est libre.")
            self.put_episode(filled, "rôles proposés")

    def action_turn(self) -> None:
        """One step further in the skill under the cursor."""
        member, role = self.member, self.role
        if member is not None and role is not None and self._on_skills:
            changed = with_skill(member, role, next_skill(member.skill(role)))
            self._replace(changed, f"{member.name}, {ROLES[role]}")

    def _replace(self, member: Member, what: str) -> None:
        self._put_team([member if one.id == member.id else one for one in self.members], what, go=member.id)

    def action_add(self) -> None:
        """Add somebody to the team."""

        def add(name: str | None) -> None:
            if name is not None:
                member = Member(id=free_id(name, {one.id for one in self.members}), name=name)
                self._put_team((*self.members, member), f"{name} dans l'équipe", go=member.id)

        self.app.push_screen(Ask("Qui rejoint l'équipe ?", check=one_line, keep=True), add)

    def action_edit(self) -> None:
        """Open the form of the member."""
        seen, shown = self.member, self.members
        if seen is None:
            return

        def still() -> bool:
            return any(one.id == seen.id for one in self.members)

        def keep(changed: Member | None) -> None:
            if changed is not None:
                label = f"fiche de {seen.name}" if still() else f"{seen.name} à nouveau dans l'équipe"
                members = self.told(row_kept(shown, changed, self.members))
                self._put_team(members, label, go=seen.id)

        self.app.push_screen(RecordDialog(seen.name, FORM, seen, still=still), keep)

    def action_drop(self) -> None:
        """Take the member out of the team; past shows keep them."""
        member = self.member
        if member is not None and self._on_skills:
            self._put_team(
                [one for one in self.members if one.id != member.id], f"{member.name} n'est plus dans l'équipe"
            )

    def action_paper(self) -> None:
        """The dates, the hours or the pathway of the member, as files."""
        if self.member is not None:
            self.run_worker(paper.run(self, self.member.name), group="gesture")

    def action_privacy(self) -> None:
        """All that is known of somebody: given to them, or forgotten."""
        member = self.member if self._on_skills else None
        self.run_worker(privacy.run(self, member.name if member is not None else ""), group="gesture")

    def action_hours(self) -> None:
        """The volunteer hours of the show."""
        if self.episode is not None:
            self.post_message(OpenEpisode(self.episode.date, "hours"))

    def action_day(self, by: int) -> None:
        """The roles of another show."""
        days = self.desk.days()
        if self._day not in days:
            return
        place = max(0, min(days.index(self._day) + by, len(days) - 1))
        if days[place] != self._day:
            self._day = days[place]
            self._document = self.open_document(self.desk.episode_source(self._day), differences)
            self.draw()
