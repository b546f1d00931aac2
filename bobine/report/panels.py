"""The two panels that an annual report opens with, « chiffres clés » and « quels résultats », and its foot. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from bobine.french import enumerate_words
from bobine.report.figures import Figure, SeasonReport
from bobine.report.words import counted, to_know, value_words

_KEY_FIGURES = (
    ("aired", "émission diffusée", "émissions diffusées"),
    ("minutes_aired", "d'antenne", "d'antenne"),
    ("hours_per_show", "de bénévolat par émission", "de bénévolat par émission"),
    ("hours_total", "de bénévolat dans la saison", "de bénévolat dans la saison"),
    ("volunteers_active", "bénévole en activité", "bénévoles en activité"),
    ("guests", "personne invitée", "personnes invitées"),
    ("appearances", "passage de personnes invitées", "passages de personnes invitées"),
    ("live_musicians", "personne qui a joué en direct", "musiciennes et musiciens en direct"),
    ("chroniques", "chronique ou feuilleton", "chroniques et feuilletons"),
    ("online", "émission en podcast", "émissions en podcast"),
    ("downloads", "écoute du podcast", "écoutes du podcast"),
    ("replays", "rediffusion", "rediffusions"),
)
"""Key of each figure, then its words after the value: for one, and for several."""

_WITH_NOTHING = frozenset({"replays", "downloads"})
"""Figures that are no news where they are zero."""

SOURCES = (
    "Ces chiffres sont tirés des conducteurs des émissions, du journal du direct et des enregistrements, de ce qui est "
    "en ligne, et des heures notées émission par émission. Ce qui n'est noté nulle part n'est pas compté, et un "
    "chiffre qui ne repose pas sur toutes les émissions dit sur combien."
)
"""Where all the figures come from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFigure:
    """One figure in large type.

    Attributes:
        key: of the figure.
        value: in words.
        label: what it counts, in French, as it follows the value.
        before: the value of the season before in words; empty where it is not known.
        note: what it rests on; empty for all there is.
    """

    key: str
    value: str
    label: str
    before: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One sentence about what the season changed for people.

    Attributes:
        text: French.
        keys: of the figures that it says.
    """

    text: str
    keys: tuple[str, ...]


def key_figures(report: SeasonReport) -> tuple[KeyFigure, ...]:
    """The figures of « chiffres clés » that are known, in order."""
    found = []
    for key, one, several in _KEY_FIGURES:
        figure = _known(report, key)
        if figure is None or (not figure.value and (key in _WITH_NOTHING or _rests_on_nothing(figure))):
            continue
        rests = "" if figure.basis is None or figure.basis.whole else f"d'après {figure.basis.words}"
        found.append(
            KeyFigure(
                key=key,
                value=value_words(figure, figure.value),
                label=one if (figure.value or 0) < 2 else several,
                before=value_words(figure, figure.before) if figure.before is not None else "",
                note=rests,
            )
        )
    return tuple(found)


def results(report: SeasonReport) -> tuple[Result, ...]:
    """The sentences of « quels résultats »; none for what nobody noted."""
    found = (_learned, _newcomers, _given, _came, _played, _regulars, _line, _together)
    return tuple(result for make in found for result in make(report))


def definitions(report: SeasonReport) -> tuple[tuple[str, str], ...]:
    """The rule by which each section is counted: its title and a French sentence."""
    return tuple((section.title, section.note) for section in report.sections if section.note)


def is_empty(report: SeasonReport) -> bool:
    """Whether the season has no show at all, so that there is nothing to count."""
    return not report.figure("planned").value and not report.figure("replays").value


def _rests_on_nothing(figure: Figure) -> bool:
    """Whether no episode tells it: its zero only says that nothing was noted."""
    return figure.basis is not None and not figure.basis.known


def _known(report: SeasonReport, key: str) -> Figure | None:
    """A figure that the report has, and whose value is known."""
    try:
        figure = report.figure(key)
    except KeyError:
        return None
    return figure if figure.value is not None else None


def _value(report: SeasonReport, key: str) -> int:
    figure = _known(report, key)
    return (figure.value or 0) if figure is not None else 0


def _learned(report: SeasonReport) -> Iterator[Result]:
    count = _value(report, "trained")
    if not count:
        return
    by_skill: dict[str, set[str]] = defaultdict(set)
    for source in report.figure("trained").sources:
        _, beside, role = source.what.partition("doublure : ")
        if beside:
            by_skill[role].update(source.people)
    named = [(role, len(people)) for role, people in by_skill.items() if people]
    skills = [f"{words} : {many}" for words, many in sorted(named, key=lambda one: (-one[1], one[0]))]
    text = f"{counted(count, 'personne a', 'personnes ont')} appris en faisant"
    yield Result(text=f"{text} ({enumerate_words(skills)})." if skills else f"{text}.", keys=("trained",))


def _newcomers(report: SeasonReport) -> Iterator[Result]:
    count = _value(report, "newcomers")
    if count:
        text = f"{counted(count, 'personne a', 'personnes ont')} rejoint l'équipe cette saison."
        yield Result(text=text, keys=("newcomers",))


def _given(report: SeasonReport) -> Iterator[Result]:
    total, value = _known(report, "hours_total"), _known(report, "hours_value")
    if total is None or not total.value:
        return
    text = f"Les bénévoles ont donné {value_words(total, total.value)}"
    if value is not None and value.value:
        yield Result(text=f"{text}, que l'on peut estimer à {value_words(value, value.value)}.",
                     keys=("hours_total", "hours_value"))  # fmt: skip
    else:
        yield Result(text=f"{text}.", keys=("hours_total",))


def _came(report: SeasonReport) -> Iterator[Result]:
    people, times = _value(report, "guests"), _value(report, "appearances")
    if people:
        text = (
            f"{counted(people, 'personne est venue', 'personnes sont venues')} parler au micro, en "
            f"{counted(times, 'passage')}."
        )
        yield Result(text=text, keys=("guests", "appearances"))


def _played(report: SeasonReport) -> Iterator[Result]:
    people, acts, works = (_value(report, key) for key in ("live_musicians", "live_acts", "works_live"))
    if people:
        who = counted(people, "personne a joué", "musiciennes et musiciens ont joué")
        text = f"{who} en direct, en {counted(acts, 'formation')}"
        text += f" : {counted(works, 'morceau', 'morceaux')}." if works else "."
        yield Result(text=text, keys=("live_musicians", "live_acts", *(("works_live",) if works else ())))


def _regulars(report: SeasonReport) -> Iterator[Result]:
    count, times = _value(report, "chroniques"), _value(report, "instalments")
    if count:
        words = counted(count, "chronique ou feuilleton", "chroniques et feuilletons")
        text = (
            f"{words} ont fait {counted(times, 'passage')}." if count > 1 else f"{words} : {counted(times, 'passage')}."
        )
        yield Result(text=text, keys=("chroniques", "instalments"))


def _line(report: SeasonReport) -> Iterator[Result]:
    figures = [one for section in report.sections if section.key == "objectives" for one in section.figures]
    for figure in figures:
        if figure.value:
            note = to_know(figure)
            text = f"{figure.label} : {value_words(figure, figure.value)} d'antenne" + (f", {note}." if note else ".")
            yield Result(text=text, keys=(figure.key,))


def _together(report: SeasonReport) -> Iterator[Result]:
    for key, one, several in (
        ("partners", "structure partenaire", "structures partenaires"),
        ("neighbourhoods", "quartier ou commune", "quartiers ou communes"),
        ("themes", "thème", "thèmes"),
    ):
        figures = [figure for section in report.sections if section.key == key for figure in section.figures]
        if figures:
            names = enumerate_words([figure.label for figure in figures[:MANY_TAGS]])
            more = f" et {len(figures) - MANY_TAGS} de plus" if len(figures) > MANY_TAGS else ""
            yield Result(text=f"{counted(len(figures), one, several)} à l'antenne : {names}{more}.",
                         keys=tuple(figure.key for figure in figures))  # fmt: skip


MANY_TAGS = 8
"""Partners, neighbourhoods and themes that are named in a sentence."""
