"""« Bilan »: the season in figures, beside the season before, each with the episodes and people behind it."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from bobine.errors import BobineError
from bobine.evening.season_pages.files import ReportForm, file_name, write_report
from bobine.french import long_date, printable, typeset
from bobine.report.anonymous import anonymous
from bobine.report.content import ReportContent, report_content
from bobine.report.figures import Figure
from bobine.report.words import to_know, value_words
from bobine.tui.documents.desk import Desk
from bobine.tui.kit.dialogs.choice import Choice, Option
from bobine.tui.kit.lists.lines import Lines
from bobine.tui.kit.lists.listing import Listing
from bobine.tui.kit.screens.desk_screen import DeskScreen
from bobine.tui.messages import OpenEpisode
from bobine.tui.report.reading import ReportRead
from bobine.tui.report.rows import ALONE, COLUMNS, OF_SECTION, about, headline, origin_words, report_rows

_NAMELESS = "-"
"""What stands before the form of a file that names nobody."""

_FORMS = (
    Option("pdf", "Des feuilles A4 (PDF)", "À joindre au rapport d'activité : chiffres clés, résultats, graphiques.",
           group="Pour l'équipe"),
    Option("html", "Une page (HTML)", "Chaque chiffre s'y ouvre sur d'où il vient.", group="Pour l'équipe"),
    Option("csv", "Un fichier de tableur (CSV)", group="Pour l'équipe"),
    Option(f"{_NAMELESS}pdf", "Des feuilles A4, sans aucun nom", group="Pour ce qui sort d'ici"),
    Option(f"{_NAMELESS}html", "Une page, sans aucun nom", group="Pour ce qui sort d'ici"),
    Option(f"{_NAMELESS}csv", "Un fichier de tableur, sans aucun nom", group="Pour ce qui sort d'ici"),
)  # fmt: skip


class ReportScreen(DeskScreen):
    """The figures of a season."""

    PLACE = "report"
    ONCE = frozenset({"print"})
    CSS_PATH = "report.tcss"
    HELP = (
        "Le bilan d'une saison : chaque chiffre, à côté celui de la saison d'avant, et ce qu'il faut savoir pour le "
        "lire. Entrée demande « d'où vient-il ? » : les émissions et les personnes derrière ce chiffre ; Entrée sur "
        "une émission ouvre son conducteur. P et S changent de saison. I écrit le bilan : un PDF à joindre au rapport "
        "d'activité, une page, un tableur, avec ou sans les noms. Tab va au graphique, pour le faire défiler."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter", "origins", "D'où vient-il ?", tooltip="Voir les émissions et les personnes derrière le chiffre"
        ),
        Binding("p", "turn(-1)", "Saison d'avant", tooltip="Montrer la saison d'avant"),
        Binding("s", "turn(1)", "Saison d'après", tooltip="Montrer la saison d'après"),
        Binding("i", "print", "Imprimer", tooltip="Imprimer ou exporter le bilan, avec ou sans les noms"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.title = "Bilan"
        self._book = ReportRead(desk)
        self._number = self._book.last_begun
        self._shown: ReportContent | None = None
        self._reading = False

    def content(self) -> ComposeResult:
        """The figures, and what is known of the one under the cursor."""
        yield Static(id="report-headline")
        with Container(id="report-body"):
            yield Listing(COLUMNS, moved=self._about, id="report-list")
            with VerticalScroll(id="report-about", can_focus=True):
                yield Lines(id="report-lines")

    def on_mount(self) -> None:
        """Have the figures worked out."""
        self.query_one("#report-list").focus()
        self._say(f"Le bilan de la saison {self._number} se calcule…")
        self._look()

    def on_resize(self) -> None:
        """The chart is as wide as there is room."""
        self.call_after_refresh(self._about)

    async def look(self) -> None:
        """Work the figures out, again where what they rest on changed."""
        if self._reading:
            return
        self._reading = True
        try:
            number = self._number
            report = await asyncio.to_thread(self._book.read, number)
        finally:
            self._reading = False
        if not self.is_attached or number != self._number:
            return
        if self._shown is None or report is not self._shown.report:
            self._shown = report_content(report)
            self._say(headline(report))
            listing = self.query_one("#report-list", Listing)
            listing.set_columns(COLUMNS if report.has_before else ALONE)
            listing.show(report_rows(report))
            self._about()

    def look_failed(self, fault: str) -> None:
        """Say in the headline too why the figures cannot be worked out, or that they can be again."""
        if fault != self._look_fault:
            if fault:
                self._say(f"✗ {fault.splitlines()[0]}")
            elif self._shown is not None:
                self._say(headline(self._shown.report))
        super().look_failed(fault)

    def show_changed(self, fault: str) -> None:
        """The settings say what an hour is worth, and which days are the season's."""
        if fault:
            self.tell(fault, refused=True)

    def _say(self, words: str) -> None:
        self.query_one("#report-headline", Static).update(Content(typeset(printable(words))), layout=False)

    def _about(self) -> None:
        key = self.query_one("#report-list", Listing).key
        lines = self.query_one("#report-lines", Lines)
        if self._shown is None or key is None:
            lines.show(())
            return
        lines.show(about(self._shown, key, max(20, lines.content_size.width)))
        self.query_one("#report-about").scroll_home(animate=False)

    def _figure(self) -> Figure | None:
        """The figure under the cursor; the first of the section where that is under it."""
        key = self.query_one("#report-list", Listing).key
        if self._shown is None or key is None:
            return None
        report = self._shown.report
        if key.startswith(OF_SECTION):
            return report.section(key.removeprefix(OF_SECTION)).figures[0]
        return report.figure(key)

    @on(Listing.Chosen, "#report-list")
    def action_origins(self) -> None:
        """Show where the figure comes from, and open the episode that is chosen there."""
        figure = self._figure()
        if figure is not None:
            self.run_worker(self._origins(figure), group="gesture")

    async def _origins(self, figure: Figure) -> None:
        found = origin_words(figure)
        options = [Option(str(place), label, detail) for place, (_, label, detail) in enumerate(found)]
        title = f"{figure.label} : {value_words(figure, figure.value)} — d'où vient-il ?"
        empty = "Rien n'en est noté" if not figure.value else "Son détail n'est pas noté"
        chosen = await self.answer(Choice(title, options, intro=to_know(figure), empty=empty))
        if chosen is None:
            return
        day = found[int(chosen)][0].date
        if day is not None and day in self.desk.days():
            self.post_message(OpenEpisode(day))
        else:
            self.tell(f"Pas d'émission le {long_date(day)}." if day is not None else "Aucune émission n'est derrière.")

    def action_turn(self, by: int) -> None:
        """Show another season."""
        number = max(1, self._number + by)
        if number == self._number:
            self.tell("C'est la première saison.")
            return
        self._number = number
        self._say(f"Le bilan de la saison {number} se calcule…")
        self._look()

    def action_print(self) -> None:
        """Write the report to a file."""
        if self._shown is None or not self.query_one("#report-list", Listing).rows:
            self.tell("Il n'y a rien à imprimer : aucune émission dans cette saison.")
            return
        self.run_worker(self._print(self._shown), group="gesture")

    async def _print(self, content: ReportContent) -> None:
        chosen = await self.answer(Choice("Imprimer ou exporter le bilan", _FORMS))
        if chosen is None:
            return
        nameless, form = chosen.startswith(_NAMELESS), ReportForm(chosen.removeprefix(_NAMELESS))
        report = anonymous(content.report) if nameless else content.report
        path = Path.cwd() / file_name(report, form)
        self.tell("Le bilan s'écrit…")
        try:
            await asyncio.to_thread(write_report, path, report, form, self.desk.today, nameless=nameless)
        except BobineError as error:
            self.tell(str(error), refused=True)
            return
        self.tell(f"Écrit : {path}")
