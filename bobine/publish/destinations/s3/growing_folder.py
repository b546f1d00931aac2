"""The folder of a bucket in which sounds go up while they grow: what is there of one, and what others left there."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from bobine.publish.destinations.s3.deleting import delete_for_good
from bobine.publish.destinations.s3.sending import ABANDONED

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client


class GrowingFolder:
    """The folder of one growing sound in a bucket. Looking into it removes what was left there for a week."""

    def __init__(self, client: S3Client, bucket: str, stem: str) -> None:
        """Nothing is asked yet.

        Args:
            client: the store's.
            bucket: the bucket.
            stem: what the names of the sound begin with, before a ``-``.
        """
        self._client = client
        self._bucket = bucket
        self._start = f"{stem}-"
        self._folder = stem.rpartition("/")[0] + "/"

    def uploads(self) -> list[Any]:
        """Its uploads that are not ended; raises as boto3 does."""
        pages = self._client.get_paginator("list_multipart_uploads").paginate(Bucket=self._bucket, Prefix=self._folder)
        found = [upload for page in pages for upload in page.get("Uploads", ())]
        for upload in found:
            if not self._is_its(upload) and _is_old(upload["Initiated"]):
                self._client.abort_multipart_upload(Bucket=self._bucket, Key=upload["Key"], UploadId=upload["UploadId"])
        return [upload for upload in found if self._is_its(upload)]

    def objects(self) -> list[Any]:
        """Its objects; raises as boto3 does."""
        pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=self._folder)
        found = [one for page in pages for one in page.get("Contents", ())]
        for one in found:
            if not self._is_its(one) and _is_old(one["LastModified"]):
                delete_for_good(self._client, {"Bucket": self._bucket, "Key": one["Key"]})
        return [one for one in found if self._is_its(one)]

    def _is_its(self, found: Any) -> bool:
        return bool(found["Key"].startswith(self._start))


def _is_old(moment: datetime) -> bool:
    return datetime.now(UTC) - moment > ABANDONED
