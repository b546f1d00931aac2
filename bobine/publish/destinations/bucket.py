"""The destination that is a bucket of an S3-compatible store, through boto3."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from bobine.errors import PublishError
from bobine.model.destination import Acl, BucketDestination
from bobine.model.published.release import StoredFile
from bobine.publish.destinations.bucket_answers import checked, checked_page, described
from bobine.publish.destinations.bucket_errors import (
    ABSENT,
    answering,
    error_code,
    host_of,
    told_in_french,
)
from bobine.publish.destinations.grafting import Stretch
from bobine.publish.destinations.growing import OnBytes
from bobine.publish.destinations.own_sending import OwnSending
from bobine.publish.destinations.public_probe import probe_public
from bobine.publish.destinations.s3.addressing import Addressed
from bobine.publish.destinations.s3.client import Line
from bobine.publish.destinations.s3.conditions import Conditions, TagOf, Wrote, put_if, try_conditions
from bobine.publish.destinations.s3.deleting import delete_for_good
from bobine.publish.destinations.s3.growing import GrowingInBucket
from bobine.publish.destinations.s3.sending import Sender
from bobine.publish.destinations.s3.tags import plain_tag
from bobine.publish.destinations.s3.unfinished import UnfinishedInBucket
from bobine.publish.destinations.store import Fetched, Listed, OnWait, StoredObject
from bobine.publish.destinations.unfinished import Unfinished
from bobine.publish.layout import MAX_FEED_BYTES, is_for_publishers, is_key, public_address
from bobine.store.local_state import state_folder

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

PROBE = ".bobine-probe"
"""Name, under the prefix, of the small object on which conditional writes are tried; it stays there."""


class BucketStore:
    """A bucket (see ``Store`` for the methods). A version is the object's ETag, as the store writes it.

    Files carry the SHA-256 of their content as metadata, so that an identical one is known without reading it.
    """

    def __init__(self, destination: BucketDestination, line: Line | None = None) -> None:
        """Nothing is asked yet.

        Args:
            destination: the bucket.
            line: the patience with the line; that of a weak uplink by default.

        Raises:
            PublishError: if the profile or the endpoint is not usable.
        """
        self._destination = destination
        self._line = line or Line()
        self._conditions: Conditions | None = None
        self._seen: dict[tuple[str, str], bytes] = {}
        self._sender: Sender | None = None
        self._growing: GrowingInBucket | None = None
        self._own = OwnSending(state_folder(), f"{destination.endpoint} {self.location('')}")
        try:
            with told_in_french(destination, "de préparer l'accès"):
                self._addressed = Addressed(destination, self._line)
        except ValueError as error:
            raise PublishError(
                f"Destination « {destination.name} » : endpoint n'est pas une adresse valable ; écrivez par exemple "
                "https://s3.exemple.fr."
            ) from error

    @property
    def name(self) -> str:
        """The key in ``shows.toml``."""
        return self._destination.name

    @property
    def public_url(self) -> str:
        """The public address of the root."""
        return self._destination.public_url

    def location(self, key: str) -> str:
        """Bucket and key as an ``s3://`` address."""
        return f"s3://{self._destination.bucket}/{self._destination.prefix}{key}"

    def check(self) -> None:
        """List the prefix, write the probe, and try conditional writes on it."""
        with answering(self._destination, "de lister le bucket"):
            if not self._addressed.try_addressing():
                self._addressed.list_one()
        self._conditions = self._try_conditions()

    def tell_waits(self, on_wait: OnWait) -> None:
        """Nothing: a bucket has no lock."""

    def skew(self) -> timedelta | None:
        """The lead of the store's clock, by the ``Date`` of the answer to the first write."""
        return self._conditions.skew if self._conditions is not None else None

    def enforces_conditions(self) -> bool:
        """Whether both ``If-None-Match`` and ``If-Match`` are obeyed on PUT, tried on the probe object once."""
        if self._conditions is None:
            self._conditions = self._try_conditions()
        return self._conditions.tag_of is not None

    def head(self, key: str) -> StoredObject | None:
        """Ask for an object's metadata (HEAD); None if there is no such object."""
        with answering(self._destination, f"d'interroger « {key} »"):
            try:
                found = checked(self._client.head_object(**self._at(key)), key)
            except ClientError as error:
                if error_code(error) in ABSENT:
                    return None
                raise
            return described(key, found)

    def fetch(self, key: str) -> Fetched | None:
        """An object's content with its ETag, in the form that a condition takes."""
        with answering(self._destination, f"de lire « {key} »"):
            try:
                found = self._got(key)
            except ClientError as error:
                if error_code(error) in ABSENT:
                    return None
                raise
            self._seen[key, found.version] = hashlib.sha256(found.content).digest()
            return found

    def _got(self, key: str) -> Fetched:
        by_head = self._conditions is not None and self._conditions.tag_of is TagOf.HEAD
        before = self._client.head_object(**self._at(key)) if by_head else None
        found = checked(self._client.get_object(**self._at(key)), key)
        content: bytes = found["Body"].read(MAX_FEED_BYTES + 1)
        if len(content) > MAX_FEED_BYTES:
            raise PublishError(f"« {self.location(key)} » est bien trop gros pour ce qu'il devrait être.")
        # the content may be newer than what was told before it, never older: a write under that condition is then lost
        return Fetched(content, plain_tag((before or found)["ETag"]))

    def read(self, key: str, start: int, length: int) -> bytes:
        """A range of an object."""
        with answering(self._destination, f"de relire « {key} »"):
            found = checked(self._client.get_object(**self._at(key), Range=f"bytes={start}-{start + length - 1}"))
            content: bytes = found["Body"].read(length + 1)
            return content

    def listing(self, prefix: str) -> dict[str, Listed]:
        """Every object under a prefix, page after page."""
        skipped = len(self._destination.prefix)
        with answering(self._destination, "de lister le bucket"):
            pages = self._client.get_paginator("list_objects_v2").paginate(
                Bucket=self._destination.bucket, Prefix=self._destination.prefix + prefix
            )
            return {
                found["Key"][skipped:]: Listed(bytes=found["Size"], version=found.get("ETag", ""))
                for page in map(checked_page, pages)
                for found in page.get("Contents", ())
            }

    def put(
        self, file: StoredFile, source: Path, cache_control: str, on_bytes: Callable[[int], None] | None = None
    ) -> None:
        """Upload a file, in parts if it is large; parts that an earlier run sent are not sent again."""
        with answering(self._destination, f"d'envoyer « {file.key} »"):
            self._addressed.try_addressing()
            if self._sender is None:
                self._sender = Sender(self._addressed.clients.sending, self._line)
            headers = self._headers(file, cache_control)
            self._sender.send(self._at(file.key), headers, source, on_bytes or (lambda _count: None))

    def growing(self) -> GrowingInBucket:
        """Sounds that are sent while they grow."""
        if self._growing is None:
            with answering(self._destination, "d'envoyer d'avance"):
                self._addressed.try_addressing()
            sending = self._addressed.clients.sending
            self._growing = GrowingInBucket(self._destination, sending, self._line, self._own, self._at, self._headers)
        return self._growing

    def graft(self, file: StoredFile, head: bytes, body: Stretch, cache_control: str, on_bytes: OnBytes) -> bool:
        """Have the store put a head before a stretch of what it has."""
        return self.growing().graft(file, head, body, cache_control, on_bytes)

    def _headers(self, file: StoredFile, cache_control: str) -> dict[str, Any]:
        """The headers that a file is served with, and its digest."""
        kept = {"ContentType": file.media_type, "CacheControl": cache_control, "Metadata": {"sha256": file.sha256}}
        return {**kept, **self._access(file.key)}

    def swap(self, key: str, content: bytes, media_type: str, cache_control: str, expected: str | None) -> bool:
        """A conditional PUT; where the store does not enforce it, a look just before."""
        request = {
            **self._at(key),
            "Body": io.BytesIO(content),  # sent in pieces, each with a patience of its own
            "ContentType": media_type,
            "CacheControl": cache_control,
            **self._access(key),
        }
        with answering(self._destination, f"d'écrire « {key} »"):
            if self.enforces_conditions():
                condition = {"IfNoneMatch": "*"} if expected is None else {"IfMatch": expected}
                outcome = put_if(self._client, request, condition)
                if outcome is Wrote.UNSUPPORTED:
                    raise PublishError(
                        f"{host_of(self._destination)} ne tient plus ses écritures conditionnelles : recommencez."
                    )
                return outcome is Wrote.DONE
            seen = self._seen.get((key, expected)) if expected is not None else None
            found = self.fetch(key)
            if found is None or expected is None:
                if (found is None) != (expected is None):
                    return False
            elif found.version != expected and self._seen[key, found.version] != seen:
                return False
            checked(self._client.put_object(**request))
        return True

    def delete(self, key: str) -> None:
        """Remove an object; where the bucket keeps versions, every version of it."""
        with answering(self._destination, f"de supprimer « {key} »"):
            delete_for_good(self._client, self._at(key))

    def unfinished(self, slug: str, day: date) -> tuple[Unfinished, ...]:
        """Uploads that are not ended, objects on the way to others, and one episode's files."""
        with answering(self._destination, "de chercher les restes d'envois interrompus"):
            return tuple(self._leftovers().found(slug, day))

    def clear(self, one: Unfinished) -> None:
        """Abort an upload, or remove an object in every version of it."""
        with answering(self._destination, f"de supprimer « {one.place} »"):
            self._leftovers().clear(one)

    def _leftovers(self) -> UnfinishedInBucket:
        bucket, prefix = self._destination.bucket, self._destination.prefix
        return UnfinishedInBucket(self._client, bucket, prefix, self._own, self.skew())

    def probe_public(self, file: StoredFile) -> None:
        """HEAD and a range GET at the public address."""
        probe_public(public_address(self.public_url, file.key), file)

    @property
    def _client(self) -> S3Client:
        self._addressed.try_addressing()
        return self._addressed.clients.asking

    def _access(self, key: str) -> dict[str, Any]:
        """The access to ask for with an object: records are read by publishers only."""
        acl = self._destination.acl
        return {} if acl is Acl.NONE or is_for_publishers(key) else {"ACL": acl.value}

    def _at(self, key: str) -> dict[str, Any]:
        if not is_key(key):
            raise PublishError(
                f"« {key} » ne peut pas être un fichier de la destination « {self.name} » : un nom n'y a que des "
                "lettres sans accent, des chiffres, des points et des tirets."
            )
        return {"Bucket": self._destination.bucket, "Key": self._destination.prefix + key}

    def _try_conditions(self) -> Conditions:
        probe = {
            "Bucket": self._destination.bucket,
            "Key": self._destination.prefix + PROBE,
            "Body": b"bobine\n",
            "ContentType": "text/plain",
        }
        with answering(self._destination, "d'écrire dans le bucket"):
            return try_conditions(self._client, probe)
