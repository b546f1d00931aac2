"""Each key of what the law and the funds ask for, in French; see ``words``. Pure."""

from __future__ import annotations

from bobine.model.episode import ItemKind
from bobine.plan.fields.words import KINDS
from bobine.plan.settings.wording import Setting

ELECTION = {
    "name": Setting("Nom", "l'élection"),
    "start": Setting("Du", "le premier jour de la période"),
    "end": Setting("Au", "le dernier jour"),
}

HOURLY_RATE = {
    "start": Setting("À partir du", "le premier jour de ce taux"),
    "euros": Setting("Euros", "la valeur d'une heure"),
    "source": Setting("Source", "d'où vient ce taux"),
}

SUBSIDY = {
    "due_month": Setting("Mois du dépôt", "de 1 à 12, l'année d'après les actions"),
    "due_day": Setting("Jour du dépôt", "le dernier jour pour déposer le dossier"),
    "themes": Setting(
        "Thèmes qui comptent",
        "Les domaines que le FSER note, et les mots qui, dans les thèmes d'un élément (themes), l'y rangent : une "
        "table pour chacun. Un nouveau domaine, un nouveau mot s'ajoutent ici.",
    ),
    "forms": Setting(
        "Formes d'action", "Les formes que prend une action à l'antenne : une table pour chacune, la première qui va."
    ),
    "jobs": Setting("Emplois", "Les emplois de l'association, finis ou en cours : une table pour chacun."),
}

ACTION_THEME = {
    "id": Setting("Nom court", "un nom court, qui ne change plus"),
    "title": Setting("Titre", "comme le fonds l'appelle"),
    "points": Setting("Points", "ce qu'il peut rapporter au plus"),
    "words": Setting("Mots", "les mots d'un thème d'élément qui le rangent ici"),
}

ACTION_FORM = {
    "id": Setting("Nom court", "un nom court, qui ne change plus"),
    "title": Setting("Titre", "comme on l'appelle"),
    "kinds": Setting(
        "Genres", f"les genres d'éléments qui l'ont : {', '.join(f'{kind} ({KINDS[kind]})' for kind in ItemKind)}"
    ),
    "words": Setting("Mots", "les mots d'un thème d'élément qui la disent, quel que soit le genre"),
}

JOB = {
    "title": Setting("Poste", "ce que fait la personne, sans son nom"),
    "start": Setting("Du", "le premier jour"),
    "end": Setting("Au", "le dernier jour ; sans cette clé, il dure encore"),
    "share": Setting("Part d'un temps plein", "de 0,05 à 1 : 0.5 pour un mi-temps"),
    "contract": Setting("Contrat", "comme CDI, CDD, apprentissage ; vide : non dit"),
}
