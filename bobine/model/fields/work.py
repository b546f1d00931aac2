"""The fields of a musical work, in the order of its form. Pure."""

from __future__ import annotations

from bobine.model.episode import WorkUse
from bobine.model.fields.field import Asked, Cell, Field, FieldType, declared

WORK = declared(
    Field("title", "Titre", FieldType.TEXT, note="le titre de l'œuvre", cell=Cell("titre", 10), asked=Asked()),
    Field("performer", "Interprète", FieldType.TEXT, note="qui la joue", cell=Cell("interprète", 40), asked=Asked()),
    Field("composer", "Musique", FieldType.TEXT, note="qui l'a composée", cell=Cell("musique", 30), asked=Asked(),
          keys=("compositeur",)),
    Field("author", "Paroles", FieldType.TEXT, note="qui a écrit les paroles", cell=Cell("paroles", 20),
          asked=Asked(), keys=("auteur",)),
    Field("label", "Label", FieldType.TEXT, note="qui a édité le disque", cell=Cell("label", 50), asked=Asked()),
    Field("isrc", "ISRC", FieldType.ISRC, note="le code de l'enregistrement, quand il est connu",
          cell=Cell("ISRC", 60), asked=Asked(hint="s'il est connu, par exemple FR-Z03-97-00212")),
    Field("duration", "Durée", FieldType.LENGTH, note="la durée entendue", cell=Cell("durée", 70),
          asked=Asked(hint="par exemple 3'10")),
    Field("use", "Usage", FieldType.CHOICE, choices=WorkUse, note="{words}", cell=Cell("usage", 80), asked=Asked()),
)  # fmt: skip
"""Each field of ``Work``; in a spreadsheet the places are those of its parts in the cell, between bars."""
