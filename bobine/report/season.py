"""The report of a season, worked out from its facts, beside the season before. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from bobine.french import long_date
from bobine.model.aired.usual_lengths import UsualLength
from bobine.report.calendar import season_calendar
from bobine.report.facts import SeasonFacts
from bobine.report.figures import SeasonReport, Section
from bobine.report.names import Names, likenesses, plain
from bobine.report.sections.content import (
    chroniques_sections,
    heard_items,
    objectives_section,
    tags_sections,
    talk_section,
)
from bobine.report.sections.guests import guests_section, music_section
from bobine.report.sections.hours import hours_sections
from bobine.report.sections.lengths import lengths_section, usual_lengths
from bobine.report.sections.listening import listening_section
from bobine.report.sections.shows import shows_section
from bobine.report.sections.volunteers import season_hours, volunteers_section


def season_report(facts: SeasonFacts, before: SeasonFacts | None = None) -> SeasonReport:
    """Work out the figures of a season.

    Args:
        facts: of the season.
        before: of the season before; None, or one without a show that was aired, stands beside nothing.
    """
    known = before is not None and any(one.traced for one in before.episodes)
    sections = _sections(facts)
    if before is not None and known:
        sections = _beside(sections, _sections(before))
    unreadable = [f"{long_date(day)} : {why}" for day, why in sorted(facts.unreadable)]
    return SeasonReport(
        show=facts.show.slug,
        title=facts.show.title,
        season=facts.number,
        years=facts.show.season.years(facts.number),
        sections=sections,
        days=season_calendar(facts),
        has_before=known,
        likenesses=likenesses(_everybody(facts)),
        remarks=(*unreadable, *sorted(facts.remarks)),
    )


def chroniques_lengths(facts: SeasonFacts) -> Mapping[str, UsualLength]:
    """The usual length of each chronique, by id, to plan the next show by."""
    return usual_lengths(heard_items(facts))


def _sections(facts: SeasonFacts) -> tuple[Section, ...]:
    names = Names(facts.team)
    heard = heard_items(facts)
    found = (
        shows_section(facts),
        volunteers_section(facts, names),
        *hours_sections(facts, names),
        guests_section(facts, names),
        music_section(facts, names),
        *chroniques_sections(facts, heard, names),
        talk_section(facts, heard, names),
        objectives_section(facts, heard, names),
        lengths_section(facts, heard, names),
        *tags_sections(facts, heard, names),
        listening_section(facts),
    )
    return tuple(section for section in found if section is not None and section.figures)


def _beside(sections: tuple[Section, ...], before: tuple[Section, ...]) -> tuple[Section, ...]:
    values = {figure.key: figure.value for section in before for figure in section.figures}
    return tuple(
        replace(section, figures=tuple(replace(figure, before=values.get(figure.key)) for figure in section.figures))
        for section in sections
    )


def _everybody(facts: SeasonFacts) -> Iterator[str]:
    """All names that are known, those of the team included."""
    names = Names(facts.team)
    for one in facts.episodes:
        yield from (names.of(person) for person in one.episode.people)
        yield from (names.spelled(line.name) for line in one.hours or ())
    yield from (names.spelled(line.name) for line in season_hours(facts))
    yield from (plain(member.name) for member in facts.team)
