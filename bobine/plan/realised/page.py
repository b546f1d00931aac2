"""The « conducteur réalisé » as one page that stands alone. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from bobine.model.written.durations import format_duration
from bobine.plan.realised.content import Realised, RealRow
from bobine.plan.realised.table import cells
from bobine.plan.sheet.markup import page_head, safe

SHOWN = ("N°", "Prévue", "Réelle", "Fin", "Écart", "Durée prévue", "Durée réelle", "Élément", "Genre", "Personnes",
         "Source", "Remarques")  # fmt: skip
"""The columns of the page, those of the spreadsheet but the id."""

_ITEM = SHOWN.index("Élément")

_STYLE = """
:root { color-scheme: light dark; --ink: #111; --paper: #fff; --soft: #555; --line: #999; }
@media screen and (prefers-color-scheme: dark) {
  :root { --ink: #f2f2f2; --paper: #161616; --soft: #b8b8b8; --line: #6a6a6a; }
}
body { margin: 0 auto; padding: 1rem; max-width: 84rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.4 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; overflow-wrap: break-word; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; }
h2, caption { font-size: 1.1rem; font-weight: 700; margin: 1.2rem 0 .4rem; }
p { margin: .1rem 0; } .soft { color: var(--soft); } .wide { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; } caption { text-align: left; }
th, td { text-align: left; vertical-align: top; padding: .3rem .5rem; border-top: 1px solid var(--line); }
thead th { font-size: .8rem; border-top: 0; border-bottom: 2px solid var(--ink); }
.figure { font-variant-numeric: tabular-nums; white-space: nowrap; text-align: right; }
@media print {
  :root { --ink: #000; --paper: #fff; --soft: #000; --line: #777; }
  @page { size: A4 landscape; margin: 10mm; }
  html { font-size: 8pt; } body { padding: 0; max-width: none; } tr { break-inside: avoid; }
}
"""


def realised_html(sheet: Realised) -> str:
    """The page: a whole HTML document that asks nothing of the network."""
    title = f"{sheet.show} — conducteur réalisé du {sheet.day}"
    parts = [
        *page_head(title, _STYLE),
        f"<body><header><h1>{safe(sheet.show)}</h1>",
        f"<p>{safe(f'Conducteur réalisé du {sheet.day} — {sheet.station}')}</p>",
        f"<p>{safe(f'{sheet.title} — {sheet.season}')}</p>",
        f"<p>{safe(sheet.headline[0].upper() + sheet.headline[1:] + '.')}</p>",
        *([f'<p class="soft">{safe(sheet.remark)}</p>'] if sheet.remark else []),
        "</header><main>",
        *_table("Ce qui est passé à l'antenne", sheet.rows),
        *(_table("Ce qui était prévu et n'est pas passé", sheet.left_out) if sheet.left_out else ()),
        *_list("Temps de parole", [f"{name} : {format_duration(total)}" for name, total in sheet.speech]),
        *_list("Repères", [f"{mark.at:%H:%M:%S} — {mark.words}" for mark in sheet.marks]),
        *_list("Notes", [f"{at:%H:%M:%S} — {text}" for at, text in sheet.notes]),
        "</main></body></html>",
    ]
    return "\n".join(parts) + "\n"


def _table(caption: str, rows: Iterable[RealRow]) -> Iterable[str]:
    yield f'<div class="wide"><table><caption>{safe(caption)}</caption><thead><tr>'
    yield "".join(f'<th scope="col"{_class(place)}>{safe(label)}</th>' for place, label in enumerate(SHOWN))
    yield "</tr></thead><tbody>"
    for row in rows:
        texts = cells(row)[: len(SHOWN)]
        yield (
            "<tr>"
            + "".join(
                f'<th scope="row">{safe(text)}</th>' if place == _ITEM else f"<td{_class(place)}>{safe(text)}</td>"
                for place, text in enumerate(texts)
            )
            + "</tr>"
        )
    yield "</tbody></table></div>"


def _class(place: int) -> str:
    return ' class="figure"' if place < _ITEM else ""


def _list(title: str, lines: list[str]) -> Iterable[str]:
    if lines:
        yield f"<h2>{safe(title)}</h2><ul>{''.join(f'<li>{safe(line)}</li>' for line in lines)}</ul>"
