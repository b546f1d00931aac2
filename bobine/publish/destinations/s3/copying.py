"""Objects of a bucket joined and cut by the store itself: nothing of them goes over the line.

S3 takes no part below 5 MiB but the last (``EntityTooSmall``), copied parts included. Short pieces are therefore put
behind one that is long enough, one after the other, and what is needed of the result is copied out of it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from botocore import exceptions as aws
from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

MakePart = Callable[[str], dict[str, Any]]
"""Makes one part of the upload of that id; gives it as the end of the upload names it."""


def copy_part(
    client: S3Client,
    at: Mapping[str, Any],
    upload_id: str,
    number: int,
    source: Mapping[str, Any],
    stretch: tuple[int, int] | None = None,
) -> dict[str, Any]:
    """Make a part of an upload from an object, or from a stretch of it.

    Args:
        client: the store's.
        at: ``Bucket`` and ``Key`` of the upload.
        upload_id: the store's name for it.
        number: of the part.
        source: ``Bucket`` and ``Key`` of the object.
        stretch: first byte, and one past the last; all of it by default.

    Returns:
        The part, as the end of the upload names it.

    Raises:
        botocore.exceptions.ClientError: if the store refuses.
        LookupError: if its answer is none.
    """
    from_: Any = dict(source)
    ranged: dict[str, Any] = {"CopySourceRange": f"bytes={stretch[0]}-{stretch[1] - 1}"} if stretch is not None else {}
    answer = client.upload_part_copy(**at, UploadId=upload_id, PartNumber=number, CopySource=from_, **ranged)
    result: Any = answer["CopyPartResult"]
    sums = {name: value for name, value in result.items() if name.startswith("Checksum") and value}
    return {"PartNumber": number, "ETag": result["ETag"], **sums}


def join(client: S3Client, at: Mapping[str, Any], headers: Mapping[str, Any], parts: Sequence[MakePart]) -> None:
    """Make an object of parts, whole or not at all.

    Args:
        client: the store's.
        at: ``Bucket`` and ``Key``.
        headers: what it is served with, and its metadata.
        parts: what makes each part, in order.

    Raises:
        botocore.exceptions.BotoCoreError, ClientError: if the store refuses or does not answer.
    """
    upload_id = client.create_multipart_upload(**at, **headers)["UploadId"]
    try:
        made: Any = [make(upload_id) for make in parts]
        client.complete_multipart_upload(**at, UploadId=upload_id, MultipartUpload={"Parts": made})
    except BaseException:
        with contextlib.suppress(aws.BotoCoreError, ClientError):
            client.abort_multipart_upload(**at, UploadId=upload_id)
        raise


def join_behind(
    client: S3Client, start: Mapping[str, Any], pieces: Sequence[Mapping[str, Any]], turns: Sequence[Mapping[str, Any]]
) -> Mapping[str, Any]:
    """Make an object of one that is long enough, and short pieces behind it.

    Args:
        client: the store's.
        start: ``Bucket`` and ``Key`` of the one that is long enough.
        pieces: those of the pieces, in order.
        turns: two places for what it becomes, by turns; the other one holds a shorter one then.

    Returns:
        The place where it is.
    """
    whole = start
    for turn, piece in enumerate(pieces):
        at = turns[turn % 2]
        join(client, at, {}, [partial(_copied, client, at, 1, whole), partial(_copied, client, at, 2, piece)])
        whole = at
    return whole


def _copied(
    client: S3Client, at: Mapping[str, Any], number: int, source: Mapping[str, Any], upload_id: str
) -> dict[str, Any]:
    return copy_part(client, at, upload_id, number, source)
