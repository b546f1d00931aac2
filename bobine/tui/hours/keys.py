"""The keys of « Heures », and what each does."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from bobine.tui.kit.screens.document_screen import UNDO_KEYS

HELP = (
    "Les heures de bénévolat, pour le bilan. En haut, qui était à l'émission : le conducteur propose, Espace note "
    "la ligne (ou la retire si la personne n'est pas venue) et passe à la suivante, T note tout d'un coup. "
    "+ et − changent la durée d'un quart d'heure, D la demande, A ajoute quelqu'un. En bas, ce qui ne va pas à une "
    "émission précise, réunions et formations : A en ajoute une, avec toutes les personnes venues. Tab passe d'un "
    "tableau à l'autre. Tout est enregistré à mesure, U annule."
)

KEYS: tuple[BindingType, ...] = (
    Binding("space", "turn", "Noter", tooltip="Noter la ligne, ou la retirer, et passer à la suivante"),
    Binding("t", "note_all", "Tout noter", tooltip="Noter tout ce que le conducteur propose"),
    Binding("plus", "quarter(1)", "¼ h", key_display="+", tooltip="Un quart d'heure de plus"),
    Binding("minus", "quarter(-1)", "¼ h", key_display="−", tooltip="Un quart d'heure de moins"),
    Binding("a", "add", "Ajouter", tooltip="Ajouter quelqu'un ; dans le tableau du bas, une réunion"),
    Binding("enter", "edit", "Fiche", show=False, tooltip="La tâche, la durée, le jour, les notes"),
    Binding("d", "length", "Durée", show=False, tooltip="Écrire la durée de la ligne"),
    Binding("x,delete", "drop", "Ôter", show=False, key_display="X", tooltip="Enlever la ligne"),
    Binding("i", "paper", "Imprimer", show=False, tooltip="La feuille à signer, ou un fichier de tableur"),
    Binding("p", "day(-1)", "Avant", tooltip="Les heures de l'émission d'avant"),
    Binding("s", "day(1)", "Après", tooltip="Les heures de l'émission d'après"),
    *UNDO_KEYS,
    Binding("escape", "leave", "Fermer", show=False, tooltip="Revenir à la saison"),
)
"""The first are in the keys' line; the help and the palette have them all."""
