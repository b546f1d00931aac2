"""``bobine annonce``: what is pasted in the newsletter, on the site and in the paper about an episode."""

from __future__ import annotations

import argparse

from bobine.commands.console import Console
from bobine.commands.places import now, open_root
from bobine.errors import PublishError
from bobine.publish.pages.announcement import announcement
from bobine.store.records.releases import read_releases


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    console = Console(as_json=options.json)
    workspace = open_root(options)
    show, day = workspace.resolve(options.episode, now().date(), now())
    folder = workspace.folder(show, day)
    destination = workspace.destination(options.vers or show.podcast.destination)
    local = read_releases(folder.release).get(destination.name)
    if local is not None and local.release.withdrawn is not None:
        raise PublishError(f"{folder.reference} a été retiré : il n'y a plus rien à annoncer.")
    if local is None or not local.is_out:
        raise PublishError(
            f"{folder.reference} n'est pas en ligne à la destination « {destination.name} » : publiez d'abord "
            f"(bobine publier {folder.reference})."
        )
    told = announcement(show, local.release, destination.public_url)
    console.result(
        {"page": told.url, "image": told.image_url, "text": told.text, "html": told.html, "short": told.short}
    )
    if options.html or options.court:
        console.say((told.html if options.html else told.short).rstrip("\n"))
    else:
        console.say(told.text.rstrip("\n"))
    return 0
