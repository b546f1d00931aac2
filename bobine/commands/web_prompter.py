"""``bobine antenne EPISODE --web``: the presenter's view as a page, for a tablet on the studio table."""

from __future__ import annotations

import secrets

import segno

from bobine.air.live.stage import real_stage
from bobine.commands.console import Console
from bobine.commands.places import Place, now
from bobine.prompter.page import create_prompter
from bobine.prompter.view import Follower
from bobine.publish.serve.app import lan_address, serve
from bobine.tui.documents.desk import Desk

PORT = 8471
"""Where the page is, unless it is taken."""

_LOOPBACK = "127.0.0.1"
_EVERYWHERE = "0.0.0.0"  # noqa: S104 - asked for by --reseau


def serve_prompter(console: Console, place: Place, *, network: bool, port: int | None = None) -> int:
    """Serve the page until Ctrl-C. Its address holds a secret, new each time: who was not told it sees nothing.

    Args:
        console: where its address is said.
        place: the episode.
        network: open it to the local network; this machine only otherwise.
        port: where; ``PORT`` by default.

    Raises:
        PublishError: if the port is taken.
    """
    day = place.episode.date
    stage = real_stage(place.workspace, place.show, day)
    desk = Desk(place.workspace, place.show, now)
    follower = Follower(lambda: place.show, day, stage.journal, desk.episode_source(day), desk.now)
    port = port or PORT
    secret = secrets.token_urlsafe(12)
    address = f"http://{lan_address() if network else 'localhost'}:{port}/{secret}/"

    def tell(_port: int) -> None:
        console.result({"url": address})
        console.say(f"Le prompteur est sur {address} (Ctrl-C pour arrêter).")
        console.say("Cette adresse est un secret : ne la donnez qu'à qui présente.")
        if network and not console.as_json:
            segno.make(address, micro=False).terminal(compact=True)

    try:
        serve(create_prompter(follower.view, secret), _EVERYWHERE if network else _LOOPBACK, port, on_ready=tell)
    except KeyboardInterrupt:
        console.say("Arrêté.")
    return 0
