"""``bobine parcours``: what one volunteer did and learned, on demand of that person only."""

from __future__ import annotations

import argparse
from pathlib import Path

from bobine.commands.console import Console
from bobine.commands.people_named import one_name
from bobine.commands.places import now, open_root, show_named
from bobine.evening.seasons.pathway_pdf import pathway_pdf
from bobine.evening.seasons.reading import read_facts
from bobine.french import typeset
from bobine.plan.editing.ids import slug
from bobine.report.pathway import Pathway, pathway, pathway_text, volunteers
from bobine.store.files import atomic_write


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    console = Console(as_json=options.json)
    workspace = open_root(options)
    show = show_named(workspace, options.emission)
    facts = read_facts(workspace, show)
    name = one_name(volunteers(facts), options.name)
    if console.interactive and not console.agreed(
        f"Le parcours de {name} ne se fait qu'à sa demande, et pour son propre usage. L'a-t-elle ou l'a-t-il demandé ?"
    ):
        console.say("Rien n'a été fait.")
        return 0
    one = pathway(facts, name, now().date())
    written = _write(one, options)
    if written:
        for path in written:
            console.say(f"Écrit : {path}. À relire avec {name}, à compléter et à signer ensemble ; à lui remettre.")
    else:
        for line in pathway_text(one).splitlines():
            console.say(line)
    console.result({
        "name": name,
        "purpose": one.purpose,
        "headings": [{"title": part.title, "lines": list(part.lines), "blank": part.blank} for part in one.headings],
        "basis": one.basis,
        **({"written": [str(path) for path in written]} if written else {}),
    })  # fmt: skip
    return 0


def _write(one: Pathway, options: argparse.Namespace) -> list[Path]:
    """Write the files that were asked for, each whole or not at all.

    Raises:
        DiskError: if a place cannot be written.
    """
    stem = f"parcours-{slug(one.name)}"
    written = []
    if options.pdf is not None:
        written.append(options.pdf if options.pdf != Path() else Path(f"{stem}.pdf"))
        atomic_write(written[-1].absolute(), pathway_pdf(one))
    if options.texte is not None:
        written.append(options.texte if options.texte != Path() else Path(f"{stem}.txt"))
        atomic_write(written[-1].absolute(), typeset(pathway_text(one)).encode())
    return written
