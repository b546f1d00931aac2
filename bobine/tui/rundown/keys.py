"""The keys of « Conducteur », and what each does."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from bobine.tui.kit.screens.document_screen import UNDO_KEYS
from bobine.tui.rundown.rows import MARKS_HELP

HELP = (
    "Le conducteur, élément par élément : heure de passage, durée, heure à rebours depuis la fin du créneau. "
    "En haut, si l'émission tient dans son créneau, et combien de choses restent à régler. "
    "Tout est enregistré à mesure, U annule.\n\n" + MARKS_HELP
)

KEYS: tuple[BindingType, ...] = (
    Binding("enter", "edit", "Fiche", tooltip="Modifier l'élément choisi"),
    Binding("a", "ask('add')", "Ajouter", tooltip="Ajouter une chronique, une idée, un élément"),
    Binding("p", "ask('people')", "Qui", tooltip="Dire qui participe à l'élément"),
    Binding("d", "ask('duration')", "Durée", tooltip="Changer la durée de l'élément"),
    Binding("x,delete", "quick('drop')", "Ôter", key_display="X", tooltip="Enlever l'élément"),
    Binding("c", "ask('repair')", "Couper", tooltip="Quoi couper, ou quoi ajouter, pour finir à l'heure ?"),
    Binding("g", "ask('settle')", "Régler", tooltip="Ce qui reste à régler, et qui le doit"),
    Binding("t", "ask('sound')", "Son", tooltip="Après l'émission : couper dans l'élément, ou remplacer son son"),
    *UNDO_KEYS,
    Binding("shift+up,ctrl+up,less_than_sign", "quick('up')", "Plus tôt", show=False,
            tooltip="Monter l'élément d'une place"),
    Binding("shift+down,ctrl+down,greater_than_sign", "quick('down')", "Plus tard", show=False,
            tooltip="Descendre l'élément d'une place"),
    Binding("k", "quick('duplicate')", "Dupliquer", show=False, tooltip="Dupliquer l'élément"),
    Binding("v", "quick('standby')", "Réserve", show=False, tooltip="Mettre en réserve, ou prendre de la réserve"),
    Binding("plus", "quick('longer')", "Plus long", show=False, tooltip="Allonger l'élément de 10 secondes"),
    Binding("minus", "quick('shorter')", "Plus court", show=False, tooltip="Raccourcir l'élément de 10 secondes"),
    Binding("o", "ask('works')", "Œuvres", show=False, tooltip="Les œuvres entendues dans l'élément"),
    Binding("l", "ask('participants')", "Participants", show=False,
            tooltip="La liste des personnes, leur venue et leur autorisation"),
    Binding("e", "ask('heading')", "Émission", show=False, tooltip="Le titre et le résumé de l'émission"),
    Binding("h", "ask('history')", "Historique", show=False, tooltip="Les états d'avant, et revenir à l'un d'eux"),
    Binding("s", "ask('attach')", "Rattacher", show=False,
            tooltip="Rattacher un enregistrement, en un fichier ou plusieurs, ou une transcription"),
    Binding("b", "ask('hours')", "Heures", show=False, tooltip="Noter les heures de bénévolat de l'émission"),
    Binding("i", "ask('paper')", "Imprimer", show=False, tooltip="Imprimer ou exporter le conducteur"),
    Binding("slash", "ask('search')", "Chercher", show=False, tooltip="Chercher un élément, une personne, un mot"),
    Binding("n", "next_match", "Résultat suivant", show=False, tooltip="Aller au résultat suivant de la recherche"),
    Binding("escape", "leave", "Fermer", show=False, tooltip="Fermer la fiche, ou revenir à la saison"),
)  # fmt: skip
"""The first are in the keys' line; the help and the palette have them all."""

OF_THE_LIST = frozenset({"edit", "ask", "quick", "undo", "redo", "next_match"})
"""The actions that are for the list, and dead while a sheet is open."""
