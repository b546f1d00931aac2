"""The keys of a template's items and of their works, in French. Pure."""

from __future__ import annotations

from bobine.model.episode import ItemKind, Objective, WorkUse
from bobine.plan.fields.words import KINDS, USES
from bobine.plan.season.objectives import OBJECTIVES
from bobine.plan.settings.wording import Setting


def _listed(words: dict[ItemKind, str] | dict[Objective, str] | dict[WorkUse, str]) -> str:
    return ", ".join(f"{value} ({word})" for value, word in words.items())


ITEM = {
    "id": Setting("Nom court", "un nom court, unique dans l'émission"),
    "title": Setting("Titre", "ce qu'on annonce"),
    "kind": Setting("Genre", _listed(KINDS)),
    "duration": Setting("Durée", "la durée prévue"),
    "min": Setting("Durée minimale", "la plus courte qui ait un sens, pour un élément élastique"),
    "max": Setting("Durée maximale", "la plus longue"),
    "droppable": Setting("Coupable", "true : il peut sauter quand l'émission est en retard"),
    "fixed_start": Setting("Heure fixe", "l'heure avant laquelle il ne part pas"),
    "standby": Setting("En réserve", "true : il ne compte pas tant qu'on ne le prend pas"),
    "chronique": Setting("Chronique", "l'id de la chronique qu'il est"),
    "instalment": Setting("Numéro", "le numéro de l'épisode d'un feuilleton"),
    "people": Setting("Personnes", "qui y parle ; un modèle ne nomme personne"),
    "mics": Setting("Micros", 'comme ["M1", "M2"]'),
    "source": Setting("Source", "d'où vient le son : PAD, M1, musique live…"),
    "file": Setting("Fichier son", "le son d'un PAD, depuis le dossier de l'émission"),
    "bed": Setting("Tapis", "la musique sous la voix"),
    "in_cue": Setting("Premiers mots", "les premiers mots"),
    "out_cue": Setting("Derniers mots", "les derniers mots, pour enchaîner net"),
    "notes": Setting("Notes", "pour le studio seulement, jamais publiées"),
    "podcast": Setting(
        "Droits pour le podcast",
        "pour la musique : cleared (oui, c'est signé), cut (non, on l'enlève du podcast) ou unknown (on ne sait pas "
        "encore : le montage attendra)",
    ),
    "works": Setting("Œuvres", "les œuvres entendues, pour le relevé musical"),
    "chapter": Setting("Chapitre du podcast", "false : le podcast n'a pas de chapitre ici ; true : il en a un"),
    "objectives": Setting("Objectifs", f"ce qu'il fait pour la ligne éditoriale : {_listed(OBJECTIVES)}"),
    "political": Setting("Parole politique", "true : le temps de parole y est minuté en période électorale"),
    "leveling": Setting("Voix rapprochées", "false : le montage laisse les voix de cet élément à leurs écarts"),
    "remove_hum": Setting("Ronflement retiré", "true : le montage retire de cet élément le ronflement du secteur"),
}
"""Keys of ``[[items]]`` and of a template's rows."""

WORK = {
    "title": Setting("Titre", "le titre de l'œuvre"),
    "author": Setting("Paroles", "qui a écrit les paroles"),
    "composer": Setting("Musique", "qui l'a composée"),
    "performer": Setting("Interprète", "qui la joue"),
    "label": Setting("Label", "qui a édité le disque"),
    "isrc": Setting("ISRC", "le code de l'enregistrement, quand il est connu"),
    "duration": Setting("Durée", "la durée entendue"),
    "use": Setting("Usage", _listed(USES)),
}
"""Keys of ``works``."""
