"""``bobine servir``: the local folder over HTTP, for this machine or for the phones around."""

from __future__ import annotations

import argparse
from urllib.parse import urlsplit

import segno

from bobine.commands.console import Console
from bobine.commands.places import open_root
from bobine.errors import WorkspaceError
from bobine.model.destination import FolderDestination
from bobine.publish.layout import feed_key
from bobine.publish.serve.app import create_app, lan_address, serve
from bobine.store.rules.destinations import folder_of
from bobine.store.workspace import Workspace

_LOOPBACK = "127.0.0.1"
_EVERYWHERE = "0.0.0.0"  # noqa: S104 - asked for by --reseau
_DEFAULT_PORT = 8470


def run(options: argparse.Namespace) -> int:
    """Run the command, until Ctrl-C."""
    console = Console(as_json=options.json)
    workspace = open_root(options)
    destination = _folder(workspace, options.vers)
    folder = folder_of(destination, workspace.root)
    port = options.port or urlsplit(destination.public_url).port or _DEFAULT_PORT
    host = lan_address() if options.reseau else "localhost"
    feeds = sorted(folder.glob(feed_key("*")))
    addresses = [f"http://{host}:{port}/{feed_key(feed.parent.name)}" for feed in feeds]

    def tell(_port: int) -> None:
        console.result({"url": f"http://{host}:{port}/", "feeds": addresses})
        console.say(f"Le dossier {folder} est servi sur http://{host}:{port}/ (Ctrl-C pour arrêter).")
        if not addresses:
            console.warn("aucun podcast ici pour l'instant ; « bobine publier » en met un.")
        for address in addresses:
            console.say(f"Flux du podcast : {address}")
            if options.reseau and not options.json:
                segno.make(address, micro=False).terminal(compact=True)

    app = create_app(folder, destination.public_url)
    try:
        serve(app, _EVERYWHERE if options.reseau else _LOOPBACK, port, on_ready=tell)
    except KeyboardInterrupt:
        console.say("Arrêté.")
    return 0


def _folder(workspace: Workspace, name: str | None) -> FolderDestination:
    if name is not None:
        chosen = workspace.destination(name)
        if isinstance(chosen, FolderDestination):
            return chosen
        raise WorkspaceError(f"La destination « {name} » n'est pas un dossier : elle se sert elle-même.")
    for destination in workspace.destinations:
        if isinstance(destination, FolderDestination):
            return destination
    raise WorkspaceError('Aucune destination de shows.toml n\'est un dossier : ajoutez-en une (kind = "folder").')
