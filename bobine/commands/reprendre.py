"""``bobine reprendre``: take over a podcast that another host has published until now."""

from __future__ import annotations

import argparse

from bobine.commands.console import Console
from bobine.commands.places import now, open_root
from bobine.commands.shown import show_named
from bobine.evening.moving.taking_over import TakenOver, take_over
from bobine.french import others

_MANY = 40
"""Lines of one kind that are shown; --json gives all of them."""


def run(options: argparse.Namespace) -> int:
    """Run the command; 1 if an episode could not be fetched."""
    console = Console(as_json=options.json)
    workspace = open_root(options)
    show = show_named(workspace, options.emission)
    destination = workspace.destination(options.vers or show.podcast.destination)
    with console.progress() as progress:
        taken = take_over(
            workspace,
            show,
            options.flux,
            destination,
            now(),
            lambda label, done, total: progress(label, done / max(total, 1)),
            at_home=options.reseau_local,
            even_locked=options.quand_meme,
        )
    console.result(
        {
            "feed_url": taken.feed_url,
            "episodes": taken.episodes,
            "added": taken.added,
            "unfinished": [{"title": title, "reason": reason} for title, reason in taken.unfinished],
            "lost": taken.lost,
            "settings": taken.settings,
            "differences": [{"key": key, "feed": there, "here": here} for key, there, here in taken.differences],
            "redirections": str(taken.redirections),
            "warnings": taken.warnings,
        }
    )
    _tell(console, taken)
    return 1 if taken.unfinished else 0


def _tell(console: Console, taken: TakenOver) -> None:
    told = f"{taken.episodes} épisode{'s' if taken.episodes > 1 else ''}"
    change = f"{taken.added} de plus ou à jour" if taken.added else "rien à changer"
    console.say(f"« {taken.title} » : {told} ici ({change}).", "bold")
    for key in taken.settings:
        console.say(f"Noté dans shows.toml : {key}.")
    for title, reason in taken.unfinished[:_MANY]:
        console.warn(f"« {title} » n'a pas pu être repris : {reason}.")
    if taken.unfinished:
        console.warn("relancez la même commande : elle ne reprend que ce qui manque.")
    for sentence in taken.lost[:_MANY]:
        console.warn(sentence)
    if len(taken.lost) > _MANY:
        console.warn(f"et {others(len(taken.lost) - _MANY, 'remarque')} : --json les donne toutes.")
    for key, there, here in taken.differences:
        console.say(f"Le flux dit autrement que shows.toml ({key}) : « {there} » ; ici : « {here} ».")
    for warning in taken.warnings:
        console.warn(warning)
    console.say(f"Les adresses, anciennes et nouvelles, sont dans {taken.redirections}.")
    console.say(f"Flux du podcast : {taken.feed_url}")
