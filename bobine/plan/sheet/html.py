"""The sheet as one page that stands alone: read on a phone, on a screen, or printed. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from bobine.model.fields.field import Said
from bobine.plan.fields.said import said
from bobine.plan.sheet.content import Row, Sheet
from bobine.plan.sheet.markup import page_head, safe

_COLUMNS = (
    ("n", "N°"),
    ("hour", "Heure"),
    ("length", "Durée"),
    ("back", "À rebours"),
    ("item", "Élément"),
    ("people", "Personnes"),
    ("source", "Son"),
    ("real", "Réel"),
    ("hand", "Notes"),
)

_STYLE = """
:root { color-scheme: light dark; --ink: #111; --paper: #fff; --soft: #555; --line: #999; }
@media screen and (prefers-color-scheme: dark) {
  :root { --ink: #f2f2f2; --paper: #161616; --soft: #b8b8b8; --line: #6a6a6a; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem; max-width: 78rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.4 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; overflow-wrap: break-word; }
h1 { font-size: 1.5rem; line-height: 1.2; margin: 0 0 .25rem; }
h2, caption { font-size: 1.1rem; font-weight: 700; margin: 1.5rem 0 .4rem; }
p { margin: .1rem 0; }
.soft { color: var(--soft); }
.facts { display: flex; flex-wrap: wrap; gap: .5rem; margin: 1rem 0; padding: 0; }
.facts div { border: 1px solid var(--line); border-radius: .4rem; padding: .4rem .7rem; }
.facts dt { font-size: .8rem; color: var(--soft); }
.facts dd { margin: 0; font-weight: 700; font-variant-numeric: tabular-nums; }
table { width: 100%; border-collapse: collapse; margin-top: 1rem; table-layout: fixed; }
caption { text-align: left; }
th, td { text-align: left; vertical-align: top; padding: .4rem .5rem; border-top: 1px solid var(--line); }
thead th { font-size: .8rem; border-top: 0; border-bottom: 2px solid var(--ink); }
.n, .hour, .length, .back { font-variant-numeric: tabular-nums; white-space: nowrap; }
.n, .length { text-align: right; }
.n { width: 2.6rem; }
.hour, .back { width: 5.6rem; }
.length { width: 4.4rem; }
.people { width: 11.5rem; }
.source { width: 8rem; }
.real, .hand { display: none; border-left: 1px solid var(--line); }
td.hour, .title { font-weight: 700; }
tbody .item { font-weight: 400; font-size: .9rem; }
.item .title { font-size: 1rem; }
.cue { font-style: italic; }
.marks { margin: .2rem 0 0; padding: 0; display: flex; flex-wrap: wrap; gap: .3rem; list-style: none; }
.marks li { border: 1px solid var(--line); border-radius: .3rem; padding: 0 .35rem; font-size: .85rem; }
.marks .alert { font-weight: 700; border: 2px solid var(--ink); }
.label { display: none; font-weight: 400; color: var(--soft); }
.team { display: grid; grid-template-columns: auto 1fr; gap: .15rem .8rem; }
.team dt { color: var(--soft); }
.team dd { margin: 0; }
@media screen and (max-width: 52rem) {
  table, caption, tbody { display: block; }
  thead, td:empty { display: none; }
  tbody tr { display: grid; grid-template-columns: auto 1fr auto; gap: .1rem .6rem; border-top: 1px solid var(--line);
    padding: .65rem 0; }
  tbody td, tbody th { border: 0; padding: 0; width: auto; min-width: 0; grid-column: 1 / -1; }
  tbody .n { grid-area: 1 / 1; color: var(--soft); font-size: 1.1rem; }
  tbody .hour { grid-area: 1 / 2; font-size: 1.1rem; }
  tbody .length { grid-area: 1 / 3; font-weight: 700; font-size: 1.1rem; }
  tbody .n, tbody .hour, tbody .length, tbody .back, tbody .people, tbody .source { width: auto; }
  tbody .back, tbody .people, tbody .source { font-size: .9rem; }
  tbody .back { order: 1; color: var(--soft); }
  .label { display: inline; }
}
@media print {
  :root { --ink: #000; --paper: #fff; --soft: #000; --line: #777; }
  @page { size: A4; margin: 10mm; }
  html { font-size: 8.5pt; }
  body { padding: 0; max-width: none; }
  th, td { padding: .3rem .35rem; }
  .n { width: 7mm; } .hour, .back { width: 18mm; } .length { width: 13mm; } .people { width: 27mm; }
  .source { width: 16mm; }
  .real { display: table-cell; width: 14mm; } .hand { display: table-cell; width: 24mm; }
  tr { break-inside: avoid; }
}
"""


def sheet_html(sheet: Sheet) -> str:
    """The page: a whole HTML document that asks nothing of the network.

    Up to 52 rem of width each item is a card, above the rundown is a table; on paper it has two blank columns more.
    """
    title = f"{sheet.show} — conducteur du {sheet.day}"
    parts = [
        *page_head(title, _STYLE),
        "<body>",
        *_header(sheet),
        "<main>",
        *_table("Le conducteur", sheet.rows, timed=True),
        *(_table("En réserve : éléments de secours", sheet.standbys, timed=False) if sheet.standbys else ()),
        *_people(sheet),
        "</main></body></html>",
    ]
    return "\n".join(parts) + "\n"


def _header(sheet: Sheet) -> Iterable[str]:
    yield "<header>"
    yield f"<h1>{safe(sheet.show)}</h1>"
    yield f"<p>{safe(f'Conducteur du {sheet.day}')}</p>"
    yield f"<p>{safe(f'{sheet.title} — {sheet.season}')}</p>"
    yield '<dl class="facts">'
    gap = f"{sheet.gap_words} ({sheet.gap_sign})"
    facts = (("À l'antenne", sheet.hours), ("Prévu", sheet.total), ("Fin prévue", sheet.expected_end),
             ("Écart", gap), ("Station", sheet.station))  # fmt: skip
    for name, value in facts:
        yield f"<div><dt>{safe(name)}</dt><dd>{safe(value)}</dd></div>"
    yield "</dl></header>"


def _table(caption: str, rows: Iterable[Row], *, timed: bool) -> Iterable[str]:
    # the roles say again what the elements mean: browsers forget it where a table is laid out as cards
    yield f'<table role="table"><caption>{safe(caption)}</caption>'
    heads = "".join(
        f'<th role="columnheader" scope="col" class="{name}">{safe(label)}</th>' for name, label in _COLUMNS
    )
    yield f'<thead role="rowgroup"><tr role="row">{heads}</tr></thead>'
    yield '<tbody role="rowgroup">'
    for row in rows:
        yield from _row(row, timed=timed)
    yield "</tbody></table>"


def _row(row: Row, *, timed: bool) -> Iterable[str]:
    yield '<tr role="row">'
    yield _cell("n", str(row.number) if row.number is not None else "")
    yield _cell("hour", row.hour)
    yield _cell("length", row.duration)
    yield _cell("back", row.back_hour, "À rebours : " if timed else "")
    yield f'<th role="rowheader" scope="row" class="item">{"".join(_item(row))}</th>'
    yield _cell("people", ", ".join(map(str, row.people)))
    yield _cell("source", " · ".join(part for part in (row.mics, row.source) if part), "Son : ")
    yield '<td role="cell" class="real"></td><td role="cell" class="hand"></td>'
    yield "</tr>"


def _cell(name: str, text: str, label: str = "") -> str:
    if not text:
        return f'<td role="cell" class="{name}"></td>'
    head = f'<span class="label">{safe(label)}</span>' if label else ""
    return f'<td role="cell" class="{name}">{head}{safe(text)}</td>'


def _item(row: Row) -> Iterable[str]:
    item = row.item
    yield f'<p class="title">{safe(item.title)}</p>'
    if row.kind.casefold() != item.title.casefold():
        yield f'<p class="soft">{safe(row.kind)}</p>'
    for how, style in ((Said.CUE, "cue"), (Said.FACT, "soft")):
        for word, text in said(item, how):
            yield f'<p class="{style}">{safe(f"{word.capitalize()} : {text}")}</p>'
    for line in (*row.works, *row.notes):
        yield f"<p>{safe(line)}</p>"
    if row.marks or row.alerts:
        marks = "".join(f"<li>{safe(mark)}</li>" for mark in row.marks)
        alerts = "".join(f'<li class="alert">⚠ {safe(alert.words)}</li>' for alert in row.alerts)
        yield f'<ul class="marks">{marks}{alerts}</ul>'


def _people(sheet: Sheet) -> Iterable[str]:
    if sheet.team:
        yield f'<h2>{safe("Qui est là")}</h2><dl class="team">'
        for role, names in sheet.team:
            yield f"<dt>{safe(role)}</dt><dd>{safe(', '.join(names))}</dd>"
        yield "</dl>"
    yield f"<h2>{safe('Droits et autorisations')}</h2>"
    if not sheet.to_settle:
        yield f"<p>{safe('Tout est en règle.')}</p>"
        return
    yield "<ul>" + "".join(f"<li>{safe(line)}</li>" for line in sheet.to_settle) + "</ul>"
