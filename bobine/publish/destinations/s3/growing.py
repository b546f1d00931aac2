"""The sounds of a bucket that grow, and what goes wrong with them in French."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from bobine.model.destination import BucketDestination
from bobine.model.published.release import StoredFile
from bobine.publish.destinations.bucket_errors import answering
from bobine.publish.destinations.grafting import Stretch
from bobine.publish.destinations.growing import Body, OnBytes
from bobine.publish.destinations.own_sending import OwnSending
from bobine.publish.destinations.s3.ahead import AheadSender
from bobine.publish.destinations.s3.client import Line
from bobine.publish.destinations.s3.grafting import Grafter
from bobine.publish.destinations.s3.sending import Sender
from bobine.publish.destinations.s3.unfinished import graft_name

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client


class GrowingInBucket:
    """The sounds of a bucket that grow (see ``Growing``)."""

    def __init__(
        self,
        destination: BucketDestination,
        client: S3Client,
        line: Line,
        own: OwnSending,
        at: Callable[[str], Mapping[str, Any]],
        headers: Callable[[StoredFile, str], Mapping[str, Any]],
    ) -> None:
        """Nothing is asked yet.

        Args:
            destination: the bucket.
            client: of the bucket, patient with what takes it long.
            line: the patience with the line.
            own: this computer's mark.
            at: gives ``Bucket`` and ``Key`` of a key.
            headers: gives what a file is served with, and its metadata.
        """
        self._destination = destination
        self._client = client
        self._line = line
        self._own = own
        self._at = at
        self._headers = headers
        self._sender = Sender(client, line)
        self._growing: dict[str, AheadSender] = {}

    def offer(self, key: str, body: Body, on_bytes: OnBytes) -> None:
        """Send what is whole by now."""
        with answering(self._destination, f"d'envoyer d'avance « {key} »"):
            self._one(key).offer(body, on_bytes)

    def finish(
        self, key: str, file: StoredFile, head: bytes, body: Body, cache_control: str, on_bytes: OnBytes
    ) -> bool:
        """Send what lacks, and give the whole its name."""
        with answering(self._destination, f"d'envoyer « {file.key} »"):
            headers = self._headers(file, cache_control)
            return self._one(key).finish(self._at(file.key), headers, head, body, on_bytes)

    def graft(self, file: StoredFile, head: bytes, body: Stretch, cache_control: str, on_bytes: OnBytes) -> bool:
        """Put a head before a stretch of another object; False where the store does not copy."""
        with answering(self._destination, f"d'envoyer « {file.key} »"):
            source = (self._at(body.key), body.start, body.start + body.bytes)
            headers = self._headers(file, cache_control)
            grafter = Grafter(self._client, self._sender, self._line.part_bytes)
            with self._own.marked() as mark:
                work = self._at(graft_name(file.key, mark, secrets.token_hex(16)))
                return grafter.graft(work, self._at(file.key), headers, head, source, on_bytes)

    def abandon(self, key: str) -> None:
        """Take away all that went up."""
        self._one(key).abandon()

    def _one(self, key: str) -> AheadSender:
        if key not in self._growing:
            at = self._at(key)
            self._growing[key] = AheadSender(self._client, self._sender, self._line, at["Bucket"], at["Key"])
        return self._growing[key]
