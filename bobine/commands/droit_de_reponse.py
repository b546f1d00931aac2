"""``bobine droit-de-reponse``: publish the answer of somebody who was named, whole, in the text of the episode."""

from __future__ import annotations

import argparse
from pathlib import Path

from bobine.commands.amended import amend, interrupted, tell
from bobine.commands.console import Console
from bobine.commands.places import now, open_episode
from bobine.errors import WorkspaceError
from bobine.evening.corrections.amending import Amendment, note_reply, places_online
from bobine.evening.corrections.decisions import MAX_REPLIES_BYTES, reply_deadline
from bobine.french import long_date
from bobine.model.published.corrections import Act, Reply
from bobine.store.opening import UnusableFileError, read_bounded
from bobine.store.rules import texts


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    console = Console(as_json=options.json)
    place = open_episode(options)
    destinations = places_online(place.workspace, place.folder, options.vers, place.show.podcast.destination)
    name = options.de.strip()
    fault = texts.one_line(name)
    if fault:
        raise WorkspaceError(f"--de : {fault}.")
    moment = now()
    note_reply(place.folder, Reply(at=moment.replace(microsecond=0), by=name, text=_text(options.texte)))
    interrupted(console, place.workspace, place.show, destinations)
    with console.progress() as progress:
        amendment = Amendment(Act.REPLY, f"droit de réponse de {name}")
        amended = amend(place, destinations, amendment, moment, progress)
    code = tell(console, place.show, amended, f"Le droit de réponse de {name} est en ligne", at_once=False)
    console.say(
        f"La loi donne trois jours : jusqu'au {long_date(reply_deadline(moment.date()))} s'il arrive aujourd'hui."
    )
    return code


def _text(path: Path) -> str:
    try:
        content = read_bounded(path, MAX_REPLIES_BYTES + 1, named=True)
        text = content.decode().replace("\r\n", "\n").strip()
    except (OSError, UnusableFileError) as error:
        raise WorkspaceError(f"« {path} » ne peut pas être lu : donnez le fichier du texte de la réponse.") from error
    except UnicodeDecodeError as error:
        raise WorkspaceError(f"« {path} » n'est pas un texte en UTF-8 : enregistrez-le ainsi.") from error
    fault = texts.several_lines(text)
    if fault:
        raise WorkspaceError(f"« {path} » : {fault}.")
    return text
