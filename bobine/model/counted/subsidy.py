"""The yearly file of a station's subsidy: themes and forms of the actions that score, and the jobs.

The French fund (FSER, decree 2006-1067) scores actions in three fields: education and culture, integration and against
discrimination, environment and local development. Which words of a funder belong where is the association's to say.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bobine.model.episode import ItemKind


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionTheme:
    """A field in which the fund scores actions.

    Attributes:
        id: slug.
        title: as the fund calls it.
        points: the most that it gives.
        words: words in an item's themes that put it here.
    """

    id: str
    title: str
    points: int = 1
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionForm:
    """A form that an action takes on air.

    Attributes:
        id: slug.
        title: as it is called.
        kinds: kinds of item that have it.
        words: words in an item's themes that say it, whatever the kind.
    """

    id: str
    title: str
    kinds: tuple[ItemKind, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A job that the association pays.

    Attributes:
        title: what it is.
        start: first day.
        end: last day; None while it goes on.
        share: of full time, above 0 up to 1.
        contract: what kind of contract.
    """

    title: str
    start: date
    end: date | None = None
    share: float = 1.0
    contract: str = ""


THEMES = (
    ActionTheme(
        id="education-culture",
        title="Éducation et culture",
        points=3,
        words=("éducation", "culture", "culturel", "culturelle", "lecture", "littérature", "cinéma", "théâtre",
               "musique", "patrimoine", "médias", "jeunesse", "école"),
    ),
    ActionTheme(
        id="integration",
        title="Intégration et lutte contre les discriminations",
        points=2,
        words=("intégration", "discrimination", "discriminations", "égalité", "genre", "handicap", "migration", "exil",
               "accueil", "précarité", "solidarité", "racisme"),
    ),
    ActionTheme(
        id="environnement-local",
        title="Environnement et développement local",
        points=2,
        words=("environnement", "écologie", "déchets", "climat", "biodiversité", "développement local", "vie locale",
               "économie locale", "vie associative", "quartier", "agriculture"),
    ),
)  # fmt: skip
"""The fund's fields, with words to begin with."""

FORMS = (
    ActionForm(id="atelier", title="Atelier radio", words=("atelier",)),
    ActionForm(id="debat", title="Débat", words=("débat", "table ronde")),
    ActionForm(id="entretien", title="Entretien", kinds=(ItemKind.INTERVIEW,)),
    ActionForm(id="reportage", title="Reportage", kinds=(ItemKind.REPORT, ItemKind.VOX_POP)),
    ActionForm(id="chronique", title="Chronique", kinds=(ItemKind.CHRONIQUE, ItemKind.SERIAL)),
    ActionForm(id="plateau", title="Plateau", kinds=(ItemKind.TALK, ItemKind.GAME)),
    ActionForm(id="musique", title="Musique en direct", kinds=(ItemKind.LIVE_MUSIC,)),
)
"""Forms to begin with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subsidy:
    """The subsidy's file.

    Attributes:
        due_month: 1 to 12, the month in which it is due, the year after the actions.
        due_day: the day of that month.
        themes: in the order of the file.
        forms: the first one that fits is an item's; words count before kinds.
        jobs: paid by the association, past ones too.
    """

    due_month: int = 4
    due_day: int = 15
    themes: tuple[ActionTheme, ...] = THEMES
    forms: tuple[ActionForm, ...] = FORMS
    jobs: tuple[Job, ...] = ()
