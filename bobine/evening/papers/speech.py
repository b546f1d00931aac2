"""Speech times on A4 paper, to be signed by the person responsible."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from bobine.evening.papers.tables import STRONG, Column, draw_head, draw_lines, draw_table
from bobine.french import day_and_month, long_date
from bobine.model.written.durations import format_duration
from bobine.plan.paper.page import Paper
from bobine.report.speech.tables import place_words
from bobine.report.speech.times import SpeechSum, SpeechTimes, TimedSpeech

_LISTS = (Column("Liste ou parti", 140, STRONG), Column("En tout", 25), Column("Fois", 25))
_SUMS = (Column("Qui", 80, STRONG), Column("Liste ou parti", 60), Column("En tout", 25), Column("Fois", 25))
_TURNS = (Column("Date, heure", 28), Column("Qui", 48, STRONG), Column("Durée", 20), Column("Pendant", 44),
          Column("Dans l'enregistrement", 50))  # fmt: skip
_UNTIMED = (Column("Date", 40), Column("Élément", 80, STRONG), Column("À demander à", 70))


def speech_pdf(times: SpeechTimes) -> bytes:
    """The speech times as a PDF, the same bytes for the same times; as many pages as it takes."""
    election = times.election
    title = f"Temps de parole : {election.name}"
    paper = Paper(
        title=f"{times.show} — {title}", author=times.station, created=datetime.combine(election.end, time(), UTC)
    )
    paper.add_page()
    draw_head(paper, times.show, times.station, title, [
        f"Du {long_date(election.start)} au {long_date(election.end)}, d'après les chronomètres du direct.",
    ])  # fmt: skip
    if not times.speeches:
        draw_lines(paper, ["Personne n'a été chronométré dans cette période."])
    draw_table(paper, "Par liste", _LISTS, [(name, *sums) for name, _, *sums in map(_sum, times.lists)])
    draw_table(paper, "Par personne", _SUMS, [_sum(one) for one in times.people])
    draw_table(paper, "Chaque prise de parole", _TURNS, [_turn(one) for one in times.speeches])
    untimed = [(long_date(one.date), one.title, one.asked) for one in times.untimed]
    draw_table(paper, "Parole politique que personne n'a chronométrée", _UNTIMED, untimed)
    draw_lines(paper, [*times.remarks, "", "Relevé certifié exact. Nom, qualité, date et signature :"])
    return paper.finish(f"{times.show}, temps de parole, {election.name}")


def _sum(one: SpeechSum) -> tuple[str, ...]:
    return one.name, one.on_list, format_duration(one.length), str(one.times)


def _turn(one: TimedSpeech) -> tuple[str, ...]:
    places = " – ".join(filter(None, [place_words(one, one.first), place_words(one, one.last)]))
    return (
        f"{day_and_month(one.date)}\n{one.started:%H:%M:%S}",
        f"{one.who}\n{one.on_list}",
        format_duration(timedelta(seconds=round(one.length.total_seconds()))),
        one.item,
        f"{one.file}\n{places}",
    )
