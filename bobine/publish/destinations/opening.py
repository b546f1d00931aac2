"""Open the destination that ``shows.toml`` describes."""

from __future__ import annotations

from pathlib import Path

from bobine.model.destination import Destination, FolderDestination
from bobine.publish.destinations.folder import FolderStore
from bobine.publish.destinations.store import Store
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
    from bobine.publish.destinations.bucket import BucketStore  # boto3 is slow to import, and folders do without it

    return BucketStore(destination)
