"""Conditional writes: whether a store obeys them, and by which of its ETags, tried on a small object of our own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from bobine.publish.destinations.bucket_answers import checked, clock_of
from bobine.publish.destinations.bucket_errors import error_code, http_status
from bobine.publish.destinations.s3.tags import plain_tag

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

_NEVER = f'"{"0" * 32}"'


class Wrote(Enum):
    """The result of a conditional write."""

    DONE = "done"
    LOST = "lost"
    UNSUPPORTED = "unsupported"


class TagOf(Enum):
    """The request whose ETag the store takes in a condition."""

    GET = "get"
    HEAD = "head"


@dataclass(frozen=True, slots=True)
class Conditions:
    """The findings about a store's conditional writes.

    Attributes:
        tag_of: the request whose ETag it takes; None where it obeys no condition.
        skew: the lead of its clock, by the ``Date`` of an answer; None where it has none.
    """

    tag_of: TagOf | None
    skew: timedelta | None


def try_conditions(client: S3Client, probe: Mapping[str, Any]) -> Conditions:
    """Try conditions on an object.

    Args:
        client: the store's.
        probe: the PUT of the object that is tried on, which stays.

    Raises:
        botocore.exceptions.ClientError: if the store refuses the write itself, or to give it back.
        ValueError: if an answer is not a store's.
    """
    skew = clock_of(checked(client.put_object(**probe)))
    refuses = all(
        put_if(client, probe, wrong, trial=True) is Wrote.LOST for wrong in ({"IfNoneMatch": "*"}, {"IfMatch": _NEVER})
    )
    at = {"Bucket": probe["Bucket"], "Key": probe["Key"]}
    if refuses:
        for tag_of, ask in ((TagOf.GET, client.get_object), (TagOf.HEAD, client.head_object)):
            tag = plain_tag(checked(ask(**at))["ETag"])
            if put_if(client, probe, {"IfMatch": tag}, trial=True) is Wrote.DONE:
                return Conditions(tag_of, skew)
    return Conditions(None, skew)


def put_if(client: S3Client, request: Mapping[str, Any], condition: Mapping[str, str], *, trial: bool = False) -> Wrote:
    """PUT under a condition.

    Args:
        client: the store's.
        request: the PUT.
        condition: ``IfMatch`` or ``IfNoneMatch``.
        trial: the same PUT has just been taken without a condition, so that any refusal is the condition's.

    Raises:
        botocore.exceptions.ClientError: if the refusal is not the condition's.
        ValueError: if the answer is not a store's.
    """
    try:
        checked(client.put_object(**{**request, **condition}))
    except ClientError as error:
        status = http_status(error)
        if status in (409, 412) or (status == 404 and error_code(error) != "NoSuchBucket"):
            return Wrote.LOST  # changed, being changed, or removed by somebody else
        if status in (405, 501) or (trial and 400 <= status < 500):
            return Wrote.UNSUPPORTED
        raise
    return Wrote.DONE
