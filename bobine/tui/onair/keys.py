"""The keys of the live screen, and the words of the help."""

from __future__ import annotations

from textual.binding import Binding

HELP = (
    "Le direct. Espace ou Entrée met l'élément suivant à l'antenne ; les flèches ne font que regarder. N choisit "
    "le suivant, S saute ou reprend, B recule le dernier départ, + et − donnent ou reprennent 30 secondes. "
    "U annule la dernière action, sans jamais toucher à l'enregistrement, R la rétablit. Échap n'arrête rien. "
    "Les chiffres lancent les sons qui sont sous la main, X les arrête en fondu. Une touche tenue compte une fois, "
    "et un texte collé, ou plusieurs touches à la fois, ne font rien."
)

SHOW_BINDINGS = (
    Binding("space", "take", "À l'antenne", tooltip="Mettre l'élément suivant à l'antenne"),
    Binding("enter", "take", "À l'antenne", show=False, tooltip="Mettre l'élément suivant à l'antenne"),
    Binding("n", "choose", "Suivant", tooltip="Faire de l'élément choisi le suivant"),
    Binding("s", "skip", "Sauter", tooltip="Sauter l'élément choisi, ou le reprendre ; prendre de la réserve"),
    Binding("b", "ask('too_late')", "Trop tard", tooltip="J'ai appuyé trop tard : reculer le dernier départ"),
    Binding("plus", "lengthen(1)", "30 s", tooltip="Donner 30 secondes à l'élément à l'antenne"),
    Binding("minus", "lengthen(-1)", "30 s", show=False, tooltip="Reprendre 30 secondes à l'élément à l'antenne"),
    Binding("m", "mark", "Repère", tooltip="Poser un repère"),
    Binding("c", "ask('repair')", "Couper", tooltip="Quoi couper, ou quoi ajouter, pour finir à l'heure ?"),
    Binding("u", "undo", "Annuler", tooltip="Annuler la dernière action, jamais l'enregistrement"),
    Binding("r", "redo", "Rétablir", show=False, tooltip="Rétablir ce qui vient d'être annulé"),
    Binding("a", "ask('absent')", "Absence", show=False, tooltip="Personne absente : un secours à la place"),
    Binding("k", "ask('song')", "Chanson ?", show=False, tooltip="Encore une chanson ? Oui ou non, et le prix"),
    Binding("t", "stopwatch", "Chrono", show=False, tooltip="Lancer ou arrêter le chronomètre"),
    Binding("p", "ask('speech')", "Parole", show=False, tooltip="Chronométrer le temps de parole d'une personne"),
    Binding("j", "ask('note')", "Noter", show=False, tooltip="Noter quelque chose"),
    Binding("e", "ask('edit')", "Modifier", show=False, tooltip="Modifier l'élément choisi dans le conducteur"),
    Binding("v", "ask('check')", "Contrôle", show=False, tooltip="Tout est-il prêt ? Qui doit quoi ?"),
    Binding("w", "ask('record')", "Enregistrer", show=False, tooltip="Lancer l'enregistrement, ou l'arrêter"),
    Binding("f", "ask('end')", "Rendre", show=False, tooltip="Rendre l'antenne"),
    Binding("q", "ask('leave')", "Quitter", show=False, tooltip="Quitter cet écran ; l'enregistrement continue"),
    Binding("ctrl+r", "ask('rehearsal')", "Répétition", show=False,
            tooltip="Recommencer la répétition, ou ouvrir le vrai direct"),
    Binding("escape", "nothing", show=False),
)  # fmt: skip
"""Each key of the show, with what it does in its tooltip."""

SEVERAL = frozenset({"lengthen(1)", "lengthen(-1)"})
"""The actions that may be done several times in a row, at a hand's speed."""

BEGINNING = frozenset({"record", "end", "too_late", "repair", "absent", "speech", "note"})
"""The gestures that do something to the show or begin its recording: while it waits for its hour they ask first."""
