"""Whether a master may go online as it is: whole, made from what is there now, with nothing that may not be heard."""

from __future__ import annotations

from datetime import date

from bobine.errors import MasterError, RightsError
from bobine.model.aired.edits import edits_digest
from bobine.model.episode import Episode
from bobine.model.published.master import Manifest
from bobine.model.rights import podcast_edit
from bobine.store.opening import file_digest, is_regular
from bobine.store.records.edits import edits_path, read_edits
from bobine.store.records.recordings import read_as_run
from bobine.store.workspace import EpisodeFolder


def check_current(episode: Episode, manifest: Manifest, folder: EpisodeFolder, today: date | None = None) -> None:
    """The master must be whole, made from the present recording, and hold nothing that may no longer be heard.

    Args:
        episode: the plan.
        manifest: of the master.
        folder: the episode's.
        today: the day it is, for what goes online the first time: its authorisations must still hold.

    Raises:
        MasterError: if it is not whole, or was made from something else.
        RightsError: if it holds what may not be heard.
    """
    again = f"Remontez : bobine monter {folder.reference}"
    if read_as_run(folder.as_run).recording.digest != manifest.recording_sha256:
        raise MasterError(f"Le montage a été fait d'un autre enregistrement. {again}")
    if edits_digest(read_edits(edits_path(folder.path))) != manifest.edits_sha256:
        raise MasterError(f"Des coupes ou des sons de remplacement ont changé depuis le montage. {again}")
    for file in manifest.files:
        path = folder.master / file.file
        if not is_regular(path) or file_digest(path) != file.sha256:
            raise MasterError(f"« {path.name} » manque ou a été modifié depuis le montage. {again}")
    kept = {item.id: item.title for item in manifest.kept_items}
    gone = kept.keys() - {item.id for item in episode.items}
    if gone:
        titles = ", ".join(f"« {kept[item]} »" for item in sorted(gone))
        raise MasterError(f"Le conducteur n'a plus d'élément {titles}, que le montage contient. {again}")
    edit = podcast_edit(episode, kept.keys(), today)
    if edit.unknown:
        raise RightsError(
            "\n".join(("Le podcast ne peut pas être publié tant que ceci n'est pas réglé :", *edit.unknown))
        )
    if edit.left_out:
        reasons = "\n".join(f"« {kept[item]} » : {reason}." for item, reason in edit.left_out.items())
        raise RightsError(f"Le montage contient ce qui ne peut plus être diffusé.\n{reasons}\n{again}")
