"""Open the destination that ``shows.toml`` describes."""

from __future__ import annotations

from pathlib import Path

from bobine.model.destination import Destination, FolderDestination, SftpDestination, WebdavDestination
from bobine.publish.destinations.folder import FolderStore
from bobine.publish.destinations.remote.store import RemoteStore
from bobine.publish.destinations.store import Store
from bobine.store.local_state import state_folder
from bobine.store.rules.destinations import folder_of


def open_store(destination: Destination, root: Path) -> Store:
    """Open a destination.

    Args:
        destination: as ``shows.toml`` describes it.
        root: the workspace, which relative folders start from.

    Raises:
        WorkspaceError: if the folder is one that may not be handed out.
        PublishError: if the AWS profile or the endpoint of a bucket is not usable.
    """
    if isinstance(destination, FolderDestination):
        return FolderStore(destination, folder_of(destination, root))
    if isinstance(destination, SftpDestination):
        from bobine.publish.destinations.sftp.files import SftpFiles  # so is paramiko

        port = f":{destination.port}" if destination.port != 22 else ""
        path = f"{destination.path.strip('/')}/" if destination.path.strip("/") else ""
        root_of = "/" if destination.path.startswith("/") else "/~/"
        place = f"sftp://{destination.user}@{destination.host}{port}{root_of}{path}"
        return RemoteStore(destination, SftpFiles(destination), place, state_folder())
    if isinstance(destination, WebdavDestination):
        from bobine.publish.destinations.webdav.files import WebdavFiles

        return RemoteStore(destination, WebdavFiles(destination), destination.address, state_folder())
    from bobine.publish.destinations.bucket import BucketStore  # boto3 is slow to import, and folders do without it

    return BucketStore(destination)
