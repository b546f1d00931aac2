"""The music log on A4 paper."""

from __future__ import annotations

from datetime import UTC, datetime, time

from bobine.evening.papers.tables import STRONG, Column, draw_head, draw_lines, draw_table
from bobine.french import day_and_month, long_date
from bobine.plan.paper.page import Paper
from bobine.report.music.log import LogLine, MusicLog
from bobine.report.music.tables import USES, length_words, remark
from bobine.report.words import counted

_COLUMNS = (Column("Date, heure", 22), Column("Titre, interprètes", 54, STRONG), Column("Musique, paroles", 42),
            Column("Éditeur ou label, codes", 40), Column("Durée", 15), Column("Usage", 17))  # fmt: skip
_LACKS = (Column("À qui", 45, STRONG), Column("Élément", 50), Column("Ce qui manque", 95))


def music_pdf(log: MusicLog) -> bytes:
    """The log as a PDF, the same bytes for the same log; as many pages as it takes."""
    first, last = log.half.first, log.half.last
    title = f"Relevé musical, {log.half.words}"
    paper = Paper(
        title=f"{log.show} — {title}", author=log.station, created=datetime.combine(last, time(), UTC)
    )  # fmt: skip
    paper.add_page()
    heard = counted(len(log.lines), "œuvre entendue", "œuvres entendues")
    period = f"Du {long_date(first)} au {long_date(last)} : {heard}."
    draw_head(paper, log.show, log.station, title, [
        period,
        "L'heure est celle où l'élément est passé à l'antenne ; la durée est celle qui a été entendue.",
    ])  # fmt: skip
    draw_table(paper, "", _COLUMNS, [_cells(line) for line in log.lines])
    if log.lacks:
        lacks = [(one.asked, f"{one.title}\n{one.when}", one.what) for one in log.lacks]
        draw_table(paper, "Ce qui manque encore", _LACKS, lacks)
    draw_lines(paper, log.remarks)
    return paper.finish(f"{log.show}, relevé musical, {log.half.words}")


def _cells(line: LogLine) -> tuple[str, ...]:
    work = line.work
    codes = [f"ISRC {work.isrc}" if work.isrc else "", f"EAN {work.ean}" if work.ean else "", work.album]
    written = [work.composer, f"paroles : {work.author}" if work.author else ""]
    own = "notre production" if work.own else ""
    return (
        f"{day_and_month(line.at.date())}\n{line.at:%H:%M:%S}",
        f"{work.title}\n{line.performer}",
        "\n".join(written),
        "\n".join([work.label, *codes, own]),
        length_words(line.length) or "?",
        "\n".join([USES[line.use], remark(line)]),
    )
