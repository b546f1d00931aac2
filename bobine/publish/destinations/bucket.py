"""The destination that is a bucket of an S3-compatible store, through boto3."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import ClientError

from bobine.errors import PublishError
from bobine.model.destination import BucketDestination
from bobine.model.published.release import StoredFile
from bobine.publish.destinations.bucket_answers import checked, checked_deletion, checked_page, clock_of
from bobine.publish.destinations.bucket_errors import (
    answering,
    error_code,
    host_of,
    http_status,
    told_in_french,
)
from bobine.publish.destinations.public_probe import probe_public
from bobine.publish.destinations.store import Fetched, Listed, StoredObject
from bobine.publish.layout import MAX_FEED_BYTES, is_key, public_address

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

PROBE = ".bobine-probe"
"""Name, under the prefix, of the small object on which conditional writes are tried; it stays there."""

_PART = 8 << 20
_PARTS = TransferConfig(multipart_threshold=2 * _PART, multipart_chunksize=_PART, max_concurrency=4)
_ABSENT = frozenset({"404", "NoSuchKey", "NotFound"})


class _Outcome(Enum):
    """The result of a conditional write."""

    DONE = "done"
    LOST = "lost"
    UNSUPPORTED = "unsupported"


class BucketStore:
    """A bucket (see ``Store`` for the methods). A version is the object's ETag, as the store writes it.

    Files carry the SHA-256 of their content as metadata, so that an identical one is known without reading it.
    """

    def __init__(self, destination: BucketDestination) -> None:
        self._destination = destination
        self._conditional: bool | None = None
        self._skew: timedelta | None = None
        try:
            with told_in_french(destination, "de préparer l'accès"):
                self._client = _client(destination)
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
            checked_page(
                self._client.list_objects_v2(
                    Bucket=self._destination.bucket, Prefix=self._destination.prefix, MaxKeys=1
                )
            )
        self._conditional = self._try_conditions()

    def skew(self) -> timedelta | None:
        """The lead of the store's clock, by the ``Date`` of the answer to the first write."""
        return self._skew

    def enforces_conditions(self) -> bool:
        """Whether both ``If-None-Match`` and ``If-Match`` are obeyed on PUT, tried on the probe object once."""
        if self._conditional is None:
            self._conditional = self._try_conditions()
        return self._conditional

    def head(self, key: str) -> StoredObject | None:
        """Ask for an object's metadata (HEAD); None if there is no such object."""
        with answering(self._destination, f"d'interroger « {key} »"):
            try:
                found = checked(self._client.head_object(**self._at(key)), key)
            except ClientError as error:
                if error_code(error) in _ABSENT:
                    return None
                raise
            return StoredObject(
                key=key,
                media_type=found.get("ContentType", "").partition(";")[0].strip(),
                bytes=found["ContentLength"],
                version=found["ETag"],
                sha256=found.get("Metadata", {}).get("sha256", ""),
            )

    def fetch(self, key: str) -> Fetched | None:
        """An object's content with its ETag."""
        with answering(self._destination, f"de lire « {key} »"):
            try:
                found = checked(self._client.get_object(**self._at(key)), key)
            except ClientError as error:
                if error_code(error) in _ABSENT:
                    return None
                raise
            content: bytes = found["Body"].read(MAX_FEED_BYTES + 1)
            if len(content) > MAX_FEED_BYTES:
                raise PublishError(f"« {self.location(key)} » est bien trop gros pour ce qu'il devrait être.")
            return Fetched(content, found["ETag"])

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
        """Upload a file, in parts if it is large."""
        with answering(self._destination, f"d'envoyer « {file.key} »"):
            self._client.upload_file(
                str(source),
                **self._at(file.key),
                ExtraArgs={
                    "ContentType": file.media_type,
                    "CacheControl": cache_control,
                    "Metadata": {"sha256": file.sha256},
                },
                Callback=on_bytes,
                Config=_PARTS,
            )

    def swap(self, key: str, content: bytes, media_type: str, cache_control: str, expected: str | None) -> bool:
        """A conditional PUT; where the store does not enforce it, a look just before."""
        request = {**self._at(key), "Body": content, "ContentType": media_type, "CacheControl": cache_control}
        with answering(self._destination, f"d'écrire « {key} »"):
            if self.enforces_conditions():
                outcome = self._put_if(request, {"IfNoneMatch": "*"} if expected is None else {"IfMatch": expected})
                if outcome is _Outcome.UNSUPPORTED:
                    raise PublishError(
                        f"{host_of(self._destination)} ne tient plus ses écritures conditionnelles : recommencez."
                    )
                return outcome is _Outcome.DONE
            found = self.head(key)
            if (found.version if found else None) != expected:
                return False
            checked(self._client.put_object(**request))
        return True

    def delete(self, key: str) -> None:
        """Remove an object; where the bucket keeps versions, every version of it."""
        with answering(self._destination, f"de supprimer « {key} »"):
            try:
                gone = checked_deletion(self._client.delete_object(**self._at(key)))
            except ClientError as error:
                if error_code(error) in _ABSENT:
                    return
                raise
            if gone.get("VersionId"):
                self._delete_versions(key)

    def _delete_versions(self, key: str) -> None:
        at = self._at(key)
        pages = self._client.get_paginator("list_object_versions").paginate(Bucket=at["Bucket"], Prefix=at["Key"])
        for page in map(checked_page, pages):
            for found in (*page.get("Versions", ()), *page.get("DeleteMarkers", ())):
                if found["Key"] == at["Key"]:
                    checked_deletion(self._client.delete_object(**at, VersionId=found["VersionId"]))

    def probe_public(self, file: StoredFile) -> None:
        """HEAD and a range GET at the public address."""
        probe_public(public_address(self.public_url, file.key), file)

    def _at(self, key: str) -> dict[str, Any]:
        if not is_key(key):
            raise PublishError(
                f"« {key} » ne peut pas être un fichier de la destination « {self.name} » : un nom n'y a que des "
                "lettres sans accent, des chiffres, des points et des tirets."
            )
        return {"Bucket": self._destination.bucket, "Key": self._destination.prefix + key}

    def _try_conditions(self) -> bool:
        probe: dict[str, Any] = {
            "Bucket": self._destination.bucket,
            "Key": self._destination.prefix + PROBE,
            "Body": b"bobine\n",
            "ContentType": "text/plain",
        }
        with answering(self._destination, "d'écrire dans le bucket"):
            taken = checked(self._client.put_object(**probe))
            self._skew = clock_of(taken)
            version = taken["ETag"]
            return (
                self._put_if(probe, {"IfNoneMatch": "*"}, trial=True) is _Outcome.LOST
                and self._put_if(probe, {"IfMatch": f'"{"0" * 32}"'}, trial=True) is _Outcome.LOST
                and self._put_if(probe, {"IfMatch": version}, trial=True) is _Outcome.DONE
            )

    def _put_if(self, request: dict[str, Any], condition: dict[str, str], *, trial: bool = False) -> _Outcome:
        """PUT under a condition.

        Args:
            request: the PUT.
            condition: ``IfMatch`` or ``IfNoneMatch``.
            trial: the same PUT has just been taken without a condition, so that any refusal is the condition's.
        """
        try:
            checked(self._client.put_object(**(request | condition)))
        except ClientError as error:
            status = http_status(error)
            if status in (409, 412) or (status == 404 and error_code(error) != "NoSuchBucket"):
                return _Outcome.LOST  # changed, being changed, or removed by somebody else
            if status == 501 or (trial and 400 <= status < 500):
                return _Outcome.UNSUPPORTED
            raise
        return _Outcome.DONE


def _client(destination: BucketDestination) -> S3Client:
    session = boto3.Session(profile_name=destination.profile or None)
    return session.client(
        "s3",
        endpoint_url=destination.endpoint or None,
        region_name=destination.region,
        config=Config(
            signature_version="s3v4",
            s3={"addressing_style": "path" if destination.endpoint else "auto"},
            request_checksum_calculation=destination.checksums.value,
            response_checksum_validation=destination.checksums.value,
            connect_timeout=5,
            read_timeout=30,
            retries={"mode": "standard", "total_max_attempts": 3},
        ),
    )
