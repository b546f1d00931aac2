"""Objects of a bucket deleted for good: where it keeps versions, all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from bobine.publish.destinations.bucket_answers import checked_deletion, checked_page
from bobine.publish.destinations.bucket_errors import ABSENT, error_code

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client


def delete_for_good(client: S3Client, at: dict[str, Any]) -> None:
    """Delete an object; does nothing where there is none.

    Args:
        client: the store's.
        at: ``Bucket`` and ``Key``.

    Raises:
        botocore.exceptions.ClientError: if the store refuses.
        ValueError: if an answer is not a store's.
    """
    try:
        gone = checked_deletion(client.delete_object(**at))
    except ClientError as error:
        if error_code(error) in ABSENT:
            return
        raise
    if not gone.get("VersionId"):
        return
    pages = client.get_paginator("list_object_versions").paginate(Bucket=at["Bucket"], Prefix=at["Key"])
    for page in map(checked_page, pages):
        for found in (*page.get("Versions", ()), *page.get("DeleteMarkers", ())):
            if found["Key"] == at["Key"]:
                checked_deletion(client.delete_object(**at, VersionId=found["VersionId"]))
