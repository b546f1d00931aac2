"""Leftovers in a bucket: uploads that are not ended, sounds that grow, grafts, and whole files that no record names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from bobine.publish.destinations.bucket_answers import checked_page
from bobine.publish.destinations.bucket_errors import ABSENT, error_code, http_status, is_passing
from bobine.publish.destinations.own_sending import OwnSending
from bobine.publish.destinations.s3.deleting import delete_for_good
from bobine.publish.destinations.unfinished import Unfinished
from bobine.publish.layout import GROWING, SERIALS, is_content_key, is_of_episode

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

_GRAFT = re.compile(r"greffe-(?:(?P<mark>[0-9a-f]+)-)?[0-9a-f]{32}(?:\.(?P<name>.+))?-(?:tete|entier)", re.ASCII)

_UNKNOWN_REQUEST = (405, 501)

_LONG = timedelta(minutes=30)
"""Uploads begun less long ago need not be asked for their last part."""


def graft_name(key: str, mark: str, secret: str) -> str:
    """Name of what a store makes on the way to a new head before a sound.

    Args:
        key: of what is made in the end, in a show's folder.
        mark: this computer's, hexadecimal.
        secret: 32 hexadecimal digits that nobody guesses.
    """
    slug, _, inside = key.partition("/")
    return f"{slug}/{GROWING}/greffe-{mark}-{secret}.{inside.replace('/', '_')}"


class UnfinishedInBucket:
    """The unfinished files of a bucket."""

    def __init__(self, client: S3Client, bucket: str, prefix: str, own: OwnSending, skew: timedelta | None) -> None:
        """Nothing is asked yet.

        Args:
            client: the store's.
            bucket: the bucket.
            prefix: what all its keys begin with.
            own: this computer's mark.
            skew: the lead of the store's clock; None where it is not known.
        """
        self._client = client
        self._bucket = bucket
        self._prefix = prefix
        self._own = own
        self._now = datetime.now(UTC) + (skew or timedelta())

    def found(self, slug: str, day: date) -> Iterator[Unfinished]:
        """List those of a show, with the whole files of one episode alone. Raises as boto3 does."""
        with self._own.marked() as mark:
            for upload in self._uploads(f"{slug}/"):
                key = upload["Key"][len(self._prefix) :]
                idle = self._now - upload["Initiated"]
                if idle > _LONG:
                    idle = self._now - self._last_part(upload)
                yield self._told(key, mark, idle, upload=upload["UploadId"])
            for key, written in self._under(f"{slug}/{GROWING}/"):
                yield self._told(key, mark, self._now - written)
            for prefix in (f"{slug}/audio/{slug}-{day.isoformat()}-", f"{slug}/{SERIALS}/"):
                for key, written in self._objects(prefix):
                    if is_content_key(key, slug) and is_of_episode(key, day):
                        yield Unfinished(key=key, place=key, idle_s=_seconds(self._now - written), stands=True)

    def clear(self, one: Unfinished) -> None:
        """Take one away, in every version that the bucket keeps; does nothing where it is gone."""
        at: Any = {"Bucket": self._bucket, "Key": self._prefix + one.place}
        if not one.upload:
            delete_for_good(self._client, at)
            return
        try:
            self._client.abort_multipart_upload(**at, UploadId=one.upload)
        except ClientError as error:
            if error_code(error) not in (*ABSENT, "NoSuchUpload"):
                raise

    def _told(self, key: str, mark: str, idle: timedelta, upload: str = "") -> Unfinished:
        slug, _, name = key.rpartition(f"/{GROWING}/")
        graft = _GRAFT.fullmatch(name) if slug else None
        if graft is None:
            return Unfinished(key=key, place=key, upload=upload, idle_s=_seconds(idle), goes_on=True)
        becomes = f"{slug}/{graft['name']}" if graft["name"] else ""
        is_over = graft["mark"] == mark
        return Unfinished(key=becomes, place=key, upload=upload, idle_s=_seconds(idle), is_over=is_over)

    def _uploads(self, prefix: str) -> Iterator[Any]:
        pages = self._client.get_paginator("list_multipart_uploads")
        try:
            for page in pages.paginate(Bucket=self._bucket, Prefix=self._prefix + prefix):
                yield from page.get("Uploads", ())
        except ClientError as error:
            if http_status(error) not in _UNKNOWN_REQUEST:  # what lists none goes on with none either
                raise

    def _last_part(self, upload: Any) -> datetime:
        newest: datetime = upload["Initiated"]
        pages = self._client.get_paginator("list_parts")
        try:
            for page in pages.paginate(Bucket=self._bucket, Key=upload["Key"], UploadId=upload["UploadId"]):
                newest = max([newest, *(part.get("LastModified", newest) for part in page.get("Parts", ()))])
        except ClientError as error:
            if error_code(error) != "NoSuchUpload":
                raise
        return newest

    def _under(self, prefix: str) -> Iterator[tuple[str, datetime]]:
        """The objects under a prefix, with when each was written; where versions are kept, those deleted before too."""
        written: dict[str, datetime] = dict(self._objects(prefix))
        pages = self._client.get_paginator("list_object_versions")
        try:
            for page in map(checked_page, pages.paginate(Bucket=self._bucket, Prefix=self._prefix + prefix)):
                for found in page.get("Versions", ()):
                    written.setdefault(found["Key"][len(self._prefix) :], found["LastModified"])
        except ClientError as error:
            if is_passing(error):
                raise  # any other refusal is that of a store, or of a key, that lists no versions
        yield from written.items()

    def _objects(self, prefix: str) -> Iterator[tuple[str, datetime]]:
        pages = self._client.get_paginator("list_objects_v2")
        for page in map(checked_page, pages.paginate(Bucket=self._bucket, Prefix=self._prefix + prefix)):
            for found in page.get("Contents", ()):
                yield found["Key"][len(self._prefix) :], found["LastModified"]


def _seconds(idle: timedelta) -> float:
    return max(0.0, idle.total_seconds())
