"""The fields of an episode itself, of an idea and of a member of the team. Pure."""

from __future__ import annotations

from bobine.model.episode import EpisodeType, ItemKind
from bobine.model.fields.field import Asked, Field, FieldType, declared
from bobine.model.ideas import IdeaStatus
from bobine.model.team import Skill

EPISODE = declared(
    Field("show", "Émission", FieldType.ID),
    Field("date", "Date", FieldType.DAY),
    Field("season", "Saison", FieldType.COUNT),
    Field("number", "Numéro", FieldType.COUNT),
    Field("title", "Titre", FieldType.TEXT, asked=Asked()),
    Field("summary", "Résumé", FieldType.LINES, asked=Asked()),
    Field("cover", "Couverture", FieldType.PATH),
    Field("stopwatch", "Chronométrage", FieldType.PERSON, asked=Asked(none="personne"), keys=("chronometre",)),
    Field("kind", "Sorte", FieldType.CHOICE, choices=EpisodeType, asked=Asked("Podcast")),
    Field("explicit", "Propos explicites", FieldType.FLAG, asked=Asked("Podcast")),
    Field("discussion", "Discussion", FieldType.ADDRESS,
          asked=Asked("Podcast", hint="par exemple https://mastodon.exemple/@radio/1234")),
    Field("release_at", "Mise en ligne", FieldType.INSTANT),
    Field("soundbite", "Extrait", FieldType.TEXT),
    Field("soundbite_at", "Début de l'extrait", FieldType.LENGTH),
    Field("soundbite_for", "Durée de l'extrait", FieldType.LENGTH),
    Field("cancelled", "Annulée", FieldType.FLAG, asked=Asked("Bilan", label="Annulée : elle n'est pas passée")),
    Field("replay", "Rediffusion", FieldType.DAY,
          asked=Asked("Bilan", label="Rediffusion de celle du", hint="vide : une émission inédite")),
    Field("people", "Personnes", FieldType.ROWS, keys=("intervenants", "invites")),
    Field("items", "Éléments", FieldType.ROWS),
)  # fmt: skip
"""Each field of ``Episode``."""

IDEA = declared(
    Field("id", "Nom court", FieldType.ID),
    Field("title", "Sujet", FieldType.TEXT, keys=("titre",)),
    Field("by", "Proposé par", FieldType.TEXT),
    Field("proposed", "Proposé le", FieldType.DAY),
    Field("kind", "Genre", FieldType.CHOICE, choices=ItemKind),
    Field("duration", "Durée", FieldType.LENGTH),
    Field("notes", "Notes", FieldType.LINES),
    Field("status", "État", FieldType.CHOICE, choices=IdeaStatus),
    Field("planned_for", "Programmée le", FieldType.DAY),
)
"""Each field of ``Idea``."""

MEMBER = declared(
    Field("id", "Nom court", FieldType.ID),
    Field("name", "Nom", FieldType.TEXT),
    Field("host", "Animation", FieldType.CHOICE, choices=Skill),
    Field("technician", "Technique", FieldType.CHOICE, choices=Skill),
    Field("editor", "Montage", FieldType.CHOICE, choices=Skill),
    Field("interviewer", "Interview", FieldType.CHOICE, choices=Skill),
    Field("welcome", "Accueil", FieldType.CHOICE, choices=Skill),
    Field("away", "En pause", FieldType.FLAG),
    Field("notes", "Notes", FieldType.LINES),
    Field("aliases", "Autres graphies", FieldType.NAMES, keys=("alias", "surnoms")),
)
"""Each field of ``Member``."""
