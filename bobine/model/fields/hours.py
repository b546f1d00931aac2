"""The fields of a line of volunteer hours, in the order of its form. Pure."""

from __future__ import annotations

from bobine.model.fields.field import Field, FieldType, declared
from bobine.model.hours import Task

HOURS = declared(
    Field("id", "Nom court", FieldType.ID),
    Field("name", "Nom", FieldType.TEXT, keys=("personne", "benevole")),
    Field("task", "Tâche", FieldType.CHOICE, choices=Task),
    Field("duration", "Durée", FieldType.LENGTH, keys=("heures",)),
    Field("date", "Date", FieldType.DAY, keys=("jour",)),
    Field("notes", "Notes", FieldType.LINES),
)
"""Each field of ``HoursLine``."""
