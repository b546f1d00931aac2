"""The fields of a participant, in the order of the form. Pure."""

from __future__ import annotations

from bobine.model.fields.field import Asked, Field, FieldType, declared
from bobine.model.people import Consent, ConsentScope, Role

PERSON = declared(
    Field("id", "Nom court", FieldType.ID),
    Field("name", "Nom", FieldType.TEXT, asked=Asked()),
    Field("role", "Rôle", FieldType.CHOICE, choices=Role, asked=Asked()),
    Field("confirmed", "Présence confirmée", FieldType.FLAG, asked=Asked(label="A confirmé sa venue"),
          keys=("confirme",)),
    Field("consent", "Autorisation", FieldType.CHOICE, choices=Consent, asked=Asked(),
          keys=("accord", "consentement")),
    Field("consent_scope", "Autorisation valable pour", FieldType.CHOICES, choices=ConsentScope, asked=Asked()),
    Field("consent_reference", "Feuille rangée", FieldType.TEXT,
          asked=Asked(hint="par exemple classeur 2026-27, feuille 31"), keys=("feuille",)),
    Field("consent_until", "Autorisation valable jusqu'au", FieldType.DAY,
          asked=Asked(label="Valable jusqu'au", hint="vide : sans fin"), keys=("echeance", "expiration")),
    Field("minor", "Mineur·e", FieldType.FLAG, asked=Asked(label="Personne mineure"), keys=("mineur", "mineure")),
    Field("representative", "Représentant légal", FieldType.TEXT,
          asked=Asked(hint="qui signe pour une personne mineure"), keys=("representant",)),
    Field("also", "Aussi", FieldType.CHOICES, choices=Role),
    Field("persons", "Nombre de personnes", FieldType.COUNT,
          asked=Asked(label="Combien de personnes", hint="plus d'une pour un groupe"), keys=("nombre", "effectif")),
    Field("political_list", "Liste ou parti", FieldType.TEXT,
          asked=Asked(hint="pour une personne élue ou candidate"), keys=("liste", "parti")),
    Field("understudy", "En doublure", FieldType.CHOICES, choices=Role, keys=("doublure",)),
)  # fmt: skip
"""Each field of ``Person``."""
