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
    fault = staleness(episode, manifest, folder)
    if fault:
        raise MasterError(f"{fault} {again}")
    edit = podcast_edit(episode, {item.id for item in manifest.kept_items}, today)
    if edit.unknown:
        raise RightsError(
            "\n".join(("Le podcast ne peut pas être publié tant que ceci n'est pas réglé :", *edit.unknown))
        )
    if edit.left_out:
        reasons = "\n".join(f"« {_titles(manifest)[item]} » : {reason}." for item, reason in edit.left_out.items())
        raise RightsError(f"Le montage contient ce qui ne peut plus être diffusé.\n{reasons}\n{again}")


def staleness(episode: Episode, manifest: Manifest, folder: EpisodeFolder) -> str:
    """The reason why a master is not that of today's recording, edits and items, a French sentence; empty if it is.

    Args:
        episode: the plan.
        manifest: of the master.
        folder: the episode's.

    Raises:
        SoundError: if no recording is attached.
        PlanError: if the as-run or the edits cannot be read as they stand.
    """
    if read_as_run(folder.as_run).recording.digest != manifest.recording_sha256:
        return "Le montage a été fait d'un autre enregistrement."
    if edits_digest(read_edits(edits_path(folder.path))) != manifest.edits_sha256:
        return "Des coupes ou des sons de remplacement ont changé depuis le montage."
    for file in manifest.files:
        path = folder.master / file.file
        if not is_regular(path) or file_digest(path) != file.sha256:
            return f"« {path.name} » manque ou a été modifié depuis le montage."
    kept = _titles(manifest)
    gone = kept.keys() - {item.id for item in episode.items}
    if gone:
        titles = ", ".join(f"« {kept[item]} »" for item in sorted(gone))
        return f"Le conducteur n'a plus d'élément {titles}, que le montage contient."
    return ""


def _titles(manifest: Manifest) -> dict[str, str]:
    """The titles of the items that a master holds, by their ids."""
    return {item.id: item.title for item in manifest.kept_items}
