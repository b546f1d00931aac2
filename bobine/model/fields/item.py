"""The fields of an item, in the order of its form. Pure."""

from __future__ import annotations

from bobine.model.counted.objectives import Objective
from bobine.model.episode import ItemKind, PodcastRights
from bobine.model.fields.field import Asked, Cell, Field, FieldType, Said, declared

_LENGTHS = "Durée et place"
_ON_AIR = "À l'antenne"
_RIGHTS = "Droits et ligne éditoriale"
_REPORT = "Pour le bilan"

ITEM = declared(
    Field("id", "Nom court", FieldType.ID, note="un nom court, unique dans l'émission", cell=Cell("id", 290),
          script="id"),
    Field("title", "Titre", FieldType.TEXT, note="ce qu'on annonce", cell=Cell("élément", 50), asked=Asked(),
          script="title"),
    Field("duration", "Durée", FieldType.LENGTH, note="la durée prévue", cell=Cell("durée", 30),
          asked=Asked(hint="par exemple 3'30"), script="planned_s"),
    Field("people", "Personnes", FieldType.PEOPLE, note="qui y parle ; un modèle ne nomme personne",
          cell=Cell("personnes", 70), asked=Asked(hint="noms entre virgules"), script="people",
          keys=("intervenants", "invites")),
    Field("mics", "Micros", FieldType.MICS, note='comme ["M1", "M2"]', cell=Cell("micros", 80),
          asked=Asked(hint="par exemple M1 M2"), said=Said.SOUND, script="mics"),
    Field("source", "Source", FieldType.TEXT, note="d'où vient le son : PAD, M1, musique live…",
          cell=Cell("source", 90), asked=Asked(hint="par exemple PAD, M1"), said=Said.SOUND, script="source"),
    Field("kind", "Genre", FieldType.CHOICE, choices=ItemKind, note="{words}", cell=Cell("genre", 60), asked=Asked(),
          script="kind"),
    Field("min", "Durée minimale", FieldType.LENGTH, note="la plus courte qui ait un sens, pour un élément élastique",
          cell=Cell("durée min", 170), asked=Asked(_LENGTHS, label="Au moins", hint="pas de limite")),
    Field("max", "Durée maximale", FieldType.LENGTH, note="la plus longue", cell=Cell("durée max", 180),
          asked=Asked(_LENGTHS, label="Au plus", hint="pas de limite")),
    Field("fixed_start", "Heure fixe", FieldType.CLOCK, note="l'heure avant laquelle il ne part pas",
          cell=Cell("heure fixe", 160), asked=Asked(_LENGTHS, hint="par exemple 18:53:10"), script="fixed_start",
          keys=("heure",)),
    Field("droppable", "Coupable", FieldType.FLAG, note="true : il peut sauter quand l'émission est en retard",
          cell=Cell("coupable", 140), asked=Asked(_LENGTHS), script="droppable"),
    Field("standby", "En réserve", FieldType.FLAG, note="true : il ne compte pas tant qu'on ne le prend pas",
          cell=Cell("en réserve", 150, former=("secours",)), asked=Asked(_LENGTHS), script="standby"),
    Field("in_cue", "Premiers mots", FieldType.TEXT, note="les premiers mots", cell=Cell("in", 100),
          asked=Asked(_ON_AIR), said=Said.CUE, script="in_cue"),
    Field("out_cue", "Derniers mots", FieldType.TEXT, note="les derniers mots, pour enchaîner net",
          cell=Cell("out", 110), asked=Asked(_ON_AIR), said=Said.CUE, script="out_cue"),
    Field("bed", "Tapis", FieldType.TEXT, note="la musique sous la voix", cell=Cell("tapis", 120),
          asked=Asked(_ON_AIR), said=Said.FACT),
    Field("file", "Fichier son", FieldType.PATH, note="le son d'un PAD, depuis le dossier de l'émission",
          cell=Cell("fichier", 270), asked=Asked(_ON_AIR, hint="par exemple pad/a.mp3"), said=Said.FACT),
    Field("leveling", "Voix rapprochées", FieldType.YES_OR_NO,
          note="false : le montage laisse les voix de cet élément à leurs écarts",
          cell=Cell("voix rapprochées", 240), asked=Asked(_ON_AIR, label="Voix rapprochées au montage")),
    Field("remove_hum", "Ronflement retiré", FieldType.FLAG,
          note="true : le montage retire de cet élément le ronflement du secteur",
          cell=Cell("ronflement retiré", 250),
          asked=Asked(_ON_AIR, label="Ronflement du secteur retiré au montage")),
    Field("notes", "Notes", FieldType.LINES, note="pour le studio seulement, jamais publiées", cell=Cell("notes", 130),
          asked=Asked(_ON_AIR), script="notes"),
    Field("podcast", "Droits pour le podcast", FieldType.CHOICE, choices=PodcastRights,
          note="pour la musique : cleared (oui, c'est signé), cut (non, on l'enlève du podcast) ou unknown (on ne sait "
               "pas encore : le montage attendra)",
          cell=Cell("droits podcast", 210, former=("podcast",)),
          asked=Asked(_RIGHTS, label="Droits podcast", none="non précisés"), script="podcast", keys=("droits",)),
    Field("works", "Œuvres", FieldType.WORKS, note="les œuvres entendues, pour le relevé musical",
          cell=Cell("œuvres", 280), asked=Asked(_RIGHTS)),
    Field("objectives", "Objectifs", FieldType.CHOICES, choices=Objective,
          note="ce qu'il fait pour la ligne éditoriale : {words}", cell=Cell("objectifs", 260),
          asked=Asked(_RIGHTS)),
    Field("political", "Parole politique", FieldType.FLAG,
          note="true : le temps de parole y est minuté en période électorale", cell=Cell("parole politique", 230),
          asked=Asked(_RIGHTS), keys=("politique",)),
    Field("chronique", "Chronique", FieldType.CHRONIQUE, note="l'id de la chronique qu'il est",
          cell=Cell("chronique", 190), asked=Asked(_RIGHTS, none="aucune"), script="chronique"),
    Field("instalment", "Numéro", FieldType.COUNT, note="le numéro de l'épisode d'un feuilleton",
          cell=Cell("n° d'épisode", 200), asked=Asked(_RIGHTS, hint="pour un feuilleton"), script="instalment",
          keys=("episode",)),
    Field("partners", "Partenaires", FieldType.NAMES,
          note='avec qui il est fait, pour le bilan, comme ["MJC Robert Martin"]',
          cell=Cell("partenaires", 262), asked=Asked(_REPORT, hint="noms entre virgules")),
    Field("neighbourhoods", "Quartiers", FieldType.NAMES, note="les quartiers dont il parle ou d'où l'on vient",
          cell=Cell("quartiers", 264), asked=Asked(_REPORT, hint="noms entre virgules")),
    Field("themes", "Thèmes", FieldType.NAMES, note="ses thèmes, comme les financeurs les nomment",
          cell=Cell("thèmes", 266), asked=Asked(_REPORT, hint="noms entre virgules")),
    Field("chapter", "Chapitre du podcast", FieldType.YES_OR_NO,
          note="false : le podcast n'a pas de chapitre ici ; true : il en a un", cell=Cell("chapitre", 220)),
)  # fmt: skip
"""Each field of ``Item``; 10, 20 and 40 are the places of the number and of the hours, which are worked out."""
