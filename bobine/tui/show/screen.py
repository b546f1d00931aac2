"""« Réglages »: the slot, the chroniques, the template, the podcast, the sound of the show."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from bobine.french import typeset
from bobine.model.counted.subsidy import Subsidy
from bobine.model.episode import Item
from bobine.model.podcast import License, Podcast
from bobine.model.recording import RecordingSettings
from bobine.model.show import SeasonCalendar, Show, Slot, Sound, Station
from bobine.plan.settings.edits import LISTS, added, dropped, kept, moved, put, record, row_key, row_title
from bobine.plan.settings.merge import merge_show, show_differences
from bobine.plan.settings.unfilled import unfilled_settings
from bobine.plan.settings.words import SETTINGS
from bobine.store.rules.texts import one_line
from bobine.tui.documents.desk import Desk
from bobine.tui.documents.document import Document
from bobine.tui.kit.dialogs.ask import Ask
from bobine.tui.kit.forms.record_dialog import RecordDialog
from bobine.tui.kit.lists.lines import Lines
from bobine.tui.kit.lists.listing import Listing
from bobine.tui.kit.lists.rows import Tone
from bobine.tui.kit.screens.document_screen import UNDO_KEYS, DocumentScreen, Fault
from bobine.tui.show.forms import sections_of
from bobine.tui.show.rows import COLUMNS, setting_rows
from bobine.tui.show.works import edit_works

_CLASSES: dict[str, type] = {
    "show": Show,
    "station": Station,
    "slot": Slot,
    "season": SeasonCalendar,
    "recording": RecordingSettings,
    "sound": Sound,
    "podcast": Podcast,
    "license": License,
    "subsidy": Subsidy,
    **LISTS,
}
"""The class that is edited at a place, by the name of its table or list."""

_QUESTIONS = {
    "chroniques": "Quelle chronique, ou quel feuilleton ?",
    "template": "Quel élément ajouter au modèle ?",
    "holidays": "Quelles vacances ?",
    "elections": "Quelle élection ?",
    "hourly_rates": "D'où vient ce taux ? (SMIC horaire brut 2027…)",
    "carts": "Quel son ? Son titre :",
}


class SettingsScreen(DocumentScreen):
    """The settings of the show, a row each; what is edited is written in place in ``shows.toml``."""

    PLACE = "settings"
    ONCE = frozenset({"drop", "undo", "redo"})
    CSS_PATH = "show.tcss"
    HELP = (
        "Ce que dit shows.toml de l'émission : le créneau, la saison, le son, le podcast, puis les chroniques, le "
        "modèle des nouvelles émissions, les vacances, les périodes électorales, la valeur d'une heure de bénévolat et "
        "les sons sous la main. Entrée ouvre la fiche de ce qui est choisi ; A ajoute à la liste où est le curseur ; X "
        "enlève ; < et > déplacent ; O dit les œuvres d'un élément du modèle. Les émissions déjà préparées ne changent "
        "pas."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "edit", "Fiche", tooltip="Modifier ce qui est choisi"),
        Binding("a", "add", "Ajouter", tooltip="Ajouter à la liste : une chronique, un élément, des vacances…"),
        Binding("x,delete", "drop", "Ôter", key_display="X", tooltip="Enlever la ligne choisie de sa liste"),
        Binding("o", "works", "Œuvres", tooltip="Les œuvres d'un élément du modèle, comme un générique"),
        Binding("shift+up,ctrl+up,less_than_sign", "move(-1)", "Plus haut", show=False, tooltip="Monter la ligne"),
        Binding("shift+down,ctrl+down,greater_than_sign", "move(1)", "Plus bas", show=False,
                tooltip="Descendre la ligne"),
        *UNDO_KEYS,
    ]  # fmt: skip

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.title = "Réglages"
        self._document: Document[Show] | None = None

    def content(self) -> ComposeResult:
        """Compose the settings left to fill in, the list of settings, and the explanation of the chosen one."""
        yield Static(id="settings-headline")
        yield Fault()
        yield Listing(COLUMNS, empty="shows.toml ne peut pas être lu.", moved=self._about, id="settings-list")
        yield Lines(id="settings-about")

    def on_mount(self) -> None:
        """Show the settings."""
        self.query_one("#settings-list").focus()
        self._open()

    def _open(self) -> None:
        self._document = self.open_document(self.desk.show_source(), show_differences)
        self.draw()

    async def look(self) -> None:
        """Show what changed on the disk."""
        if self._document is None:
            self._open()
        await super().look()

    @property
    def show(self) -> Show:
        """The show as it is shown."""
        return self._document.value if self._document is not None else self.desk.show

    @property
    def where(self) -> str:
        """The place under the cursor; empty where there is none."""
        return self.query_one("#settings-list", Listing).key or ""

    def draw(self, go: str | None = None) -> None:
        """Show the settings as they are now."""
        if not self.is_attached:
            return
        left = len(unfilled_settings(self.show))
        headline = "Les réglages de l'émission"
        if left:
            headline += f" · ! {left} reste{'nt' if left > 1 else ''} à remplir"
        self.query_one("#settings-headline", Static).update(typeset(headline), layout=False)
        self.query_one("#settings-list", Listing).show(list(setting_rows(self.show)), key=go)
        self._about()

    def _about(self) -> None:
        name = self.where.partition("/")[0]
        notes = {
            "show": "Le titre, la devise et la description, tels que les applications de podcast les montrent.",
            "license": "Sous quelles conditions le podcast peut être repris : X l'enlève.",
            "holidays": f"{SETTINGS[SeasonCalendar]['holidays'].note.capitalize()}.",
        }
        text = notes.get(name) or (SETTINGS[Show][name].note if name in SETTINGS[Show] else "")
        self.query_one("#settings-about", Lines).show([(text, Tone.MUTED)] if text else [])

    def put_show(self, show: Show, label: str, *, go: str | None = None) -> None:
        """Show other settings and write them."""
        if self._document is not None:
            self.edit_document(self._document, show, label, go=go)

    @on(Listing.Chosen, "#settings-list")
    def action_edit(self) -> None:
        """Open the form of the table or row; on the heading of a list, add to it."""
        place, shown = self.where, self.show
        seen = record(shown, place)
        if seen is None:
            self.action_add()
            return
        cls = _CLASSES[place.partition("/")[0]]
        sections = sections_of(cls, self.show, [one.name for one in self.desk.workspace.destinations])
        title = row_title(seen) or SETTINGS[Show][place].label

        def still() -> bool:
            return record(self.show, place) is not None

        def keep(changed: Any) -> None:
            if changed is not None:
                show = self.told(kept(shown, place, changed, self.show))
                self.put_show(show, f"« {title} »", go=place)

        self.app.push_screen(RecordDialog(title, sections, seen, still=still), keep)

    def action_add(self) -> None:
        """Add a row to the list that the cursor is in."""
        place = self.where
        name = place.partition("/")[0]
        if name not in LISTS:
            self.tell("Rien à ajouter ici : A ajoute dans une liste, sous les chroniques, le modèle, les vacances…")
            return

        def add(title: str | None) -> None:
            if title is not None:
                show, new = added(self.show, name, title, self.desk.today, place)
                self.put_show(show, f"« {title} » en plus", go=new)
                self.call_after_refresh(self.action_edit)

        self.app.push_screen(Ask(_QUESTIONS[name], check=one_line, keep=True), add)

    def action_drop(self) -> None:
        """Take the row out of its list."""
        place = self.where
        seen = record(self.show, place)
        if seen is None or ("/" not in place and place != "license"):
            self.tell("Ce réglage ne s'enlève pas : Entrée l'ouvre.")
            return
        title = row_title(seen)
        self.put_show(dropped(self.show, place), f"« {title} » en moins")

    def action_move(self, steps: int) -> None:
        """Move the row up or down in its list."""
        show, new = moved(self.show, self.where, steps)
        self.put_show(show, "ordre changé", go=new)

    def action_works(self) -> None:
        """The works heard in an item of the template."""
        item = record(self.show, self.where)
        if isinstance(item, Item):
            self.run_worker(edit_works(self, item.id), group="gesture")
        else:
            self.tell("Les œuvres se disent sur un élément du modèle, comme le générique.")

    def item(self, item_id: str) -> Item | None:
        """An item of the template, by its id."""
        return next((one for one in self.show.template if one.id == item_id), None)

    def replace_item(self, seen: Show, item: Item, label: str) -> None:
        """Write another state of an item of the template, made from the settings that were seen."""
        place = row_key("template", item, 0)
        self.put_show(self.told(merge_show(seen, put(seen, place, item), self.show)), label, go=place)
