"""The clients of a bucket: one that asks and one that sends, each with a patience of its own."""

from __future__ import annotations

import contextlib
import socket
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

import boto3
import botocore.session
from botocore.config import Config
from botocore.loaders import Loader, create_loader
from botocore.utils import parse_timestamp

from bobine.model.destination import BucketDestination

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

_ASKING: dict[str, Any] = {
    "connect_timeout": 5,
    "read_timeout": 30,
    "retries": {"mode": "standard", "total_max_attempts": 3},
}
_SEND_BUFFER = 128 << 10

Style = Literal["auto", "path", "virtual"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The patience that sending has with a line.

    Attributes:
        part_bytes: size of a part, the least that is sent again after a cut; S3 takes none below 5 MiB but the last.
        stall_s: longest time in which not a byte moves, in seconds.
        answer_s: longest wait for an answer once everything was handed over, in seconds.
        waits_s: waits before each further attempt, in seconds; a part that arrives begins them anew.
    """

    part_bytes: int = 5 << 20
    stall_s: float = 60
    answer_s: float = 120
    waits_s: tuple[float, ...] = (1, 2, 5, 10, 20, 30, 60, 60)


class Clients:
    """The two clients of a bucket; the second is made when something is first sent.

    Attributes:
        asking: for everything that is small.
    """

    def __init__(self, destination: BucketDestination, line: Line, style: Style) -> None:
        """Nothing is asked yet.

        Args:
            destination: the bucket.
            line: the patience of the client that sends.
            style: the place of the bucket's name in addresses, as botocore names it.

        Raises:
            ValueError: if the endpoint is no address.
            botocore.exceptions.BotoCoreError: if the profile is not usable.
        """
        self._destination = destination
        self._line = line
        self._style = style
        self._session = _session(destination.profile)
        self.asking = self._made(_ASKING)
        self._sending: S3Client | None = None

    @property
    def sending(self) -> S3Client:
        """The client for large files: it tries once, since its caller knows better what is already there."""
        if self._sending is None:
            # botocore has no sending timeout: while a request is sent, the connect timeout is that of the socket
            patience = {
                "connect_timeout": self._line.stall_s,
                "read_timeout": self._line.answer_s,
                "retries": {"total_max_attempts": 1},
            }
            self._sending = self._made(patience)
        return self._sending

    def _made(self, patience: dict[str, Any]) -> S3Client:
        client = self._session.client(
            "s3",
            endpoint_url=self._destination.endpoint or None,
            region_name=self._destination.region,
            config=Config(
                signature_version="s3v4",
                s3={"addressing_style": self._style},
                request_checksum_calculation=self._destination.checksums.value,
                response_checksum_validation=self._destination.checksums.value,
                **patience,
            ),
        )
        _keep_send_buffer_small(client)
        return client


def _session(profile: str) -> boto3.Session:
    """A session with the keys that the environment holds now."""
    session = botocore.session.get_session()
    descriptions = _descriptions(session.get_config_variable("data_path"))
    session.register_component("data_loader", descriptions)
    session.get_component("response_parser_factory").set_parser_defaults(timestamp_parser=_instant)
    folders = len(descriptions.search_paths)
    made = boto3.Session(botocore_session=session, profile_name=profile or None)
    del descriptions.search_paths[folders:]  # each session adds the same one, of what is not used here
    return made


@cache
def _descriptions(folders: str | None) -> Loader:
    """Descriptions of S3 for botocore, read once for all clients: reading them takes as long as several requests.

    Args:
        folders: where the user's configuration says that more of it is.
    """
    return create_loader(folders)


def _instant(told: str) -> datetime:
    """An instant as a store writes it; botocore's own reading of ISO 8601 takes longest in a large listing."""
    try:
        found = datetime.fromisoformat(told)
    except ValueError:
        return parse_timestamp(told)
    return found if found.tzinfo is not None else parse_timestamp(told)


def _keep_send_buffer_small(client: Any) -> None:
    """Let the system hold little of what was handed over, so that progress and patience follow the line itself."""
    with contextlib.suppress(AttributeError):
        client._endpoint.http_session._socket_options.append((socket.SOL_SOCKET, socket.SO_SNDBUF, _SEND_BUFFER))
