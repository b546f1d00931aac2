"""The fields of a musical work, in the order of its form. Pure."""

from __future__ import annotations

from bobine.model.episode import PodcastRights, WorkUse
from bobine.model.fields.field import Asked, Cell, Field, FieldType, declared

WORK = declared(
    Field("title", "Titre", FieldType.TEXT, note="le titre de l'œuvre", cell=Cell("titre", 10), asked=Asked()),
    Field("performer", "Interprète", FieldType.TEXT, note="qui la joue", cell=Cell("interprète", 40), asked=Asked()),
    Field("composer", "Musique", FieldType.TEXT, note="qui l'a composée", cell=Cell("musique", 30), asked=Asked(),
          keys=("compositeur",)),
    Field("author", "Paroles", FieldType.TEXT, note="qui a écrit les paroles", cell=Cell("paroles", 20),
          asked=Asked(), keys=("auteur",)),
    Field("label", "Label", FieldType.TEXT, note="l'éditeur ou le label : qui a publié le disque",
          cell=Cell("label", 50), asked=Asked(), keys=("editeur",)),
    Field("isrc", "ISRC", FieldType.ISRC, note="le code de l'enregistrement, quand il est connu",
          cell=Cell("ISRC", 60), asked=Asked(hint="s'il est connu, par exemple FR-Z03-97-00212")),
    Field("duration", "Durée", FieldType.LENGTH, note="la durée entendue", cell=Cell("durée", 70),
          asked=Asked(hint="par exemple 3'10")),
    Field("use", "Usage", FieldType.CHOICE, choices=WorkUse, note="{words}", cell=Cell("usage", 80), asked=Asked()),
    Field("authors_rights", "Droits de l'œuvre", FieldType.CHOICE, choices=PodcastRights,
          note="pour le podcast, de qui l'a écrite : {words} ; sans cette clé, ce que dit l'élément (podcast)",
          cell=Cell("droits de l'œuvre", 90), asked=Asked(label="Droits œuvre", none="ceux de l'élément"),
          keys=("droits d'auteur",)),
    Field("recording_rights", "Droits du son", FieldType.CHOICE, choices=PodcastRights,
          note="pour le podcast, de qui l'a jouée et enregistrée : {words} ; sans cette clé, ce que dit l'élément",
          cell=Cell("droits de l'enregistrement", 100),
          asked=Asked(label="Droits du son", none="ceux de l'élément"),
          keys=("droits de l'enregistrement", "droits voisins")),
    Field("album", "Album", FieldType.TEXT, note="le disque où elle est", cell=Cell("album", 110), asked=Asked()),
    Field("ean", "EAN", FieldType.EAN, note="le code-barres du disque, quand il est connu", cell=Cell("EAN", 120),
          asked=Asked(hint="s'il est connu, les chiffres sous le code-barres"), keys=("code-barres",)),
    Field("own", "Production propre", FieldType.FLAG, note="true : nous l'avons enregistrée nous-mêmes",
          cell=Cell("production propre", 130), asked=Asked(label="Enregistrée par nous")),
)  # fmt: skip
"""Each field of ``Work``; in a spreadsheet the places are those of its parts in the cell, between bars."""
