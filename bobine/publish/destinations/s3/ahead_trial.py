"""A trial, on a few bytes, of what sending ahead needs of a store: parts that are copied from what it has."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from botocore import exceptions as aws
from botocore.exceptions import ClientError

from bobine.publish.destinations.bucket_answers import checked
from bobine.publish.destinations.bucket_errors import error_code, is_passing
from bobine.publish.destinations.growing import CannotSendAheadError
from bobine.publish.destinations.s3.copying import copy_part

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client


def try_copying(client: S3Client, bucket: str, key: str) -> None:
    """Make sure that a store copies stretches of what it has; nothing of the trial stays.

    Args:
        client: the store's.
        bucket: the bucket.
        key: of an object that may be written; another stands beside it for a moment.

    Raises:
        CannotSendAheadError: if it does not.
        botocore.exceptions.BotoCoreError, ClientError: if it does not answer.
    """
    at: Any = {"Bucket": bucket, "Key": key}
    copied: Any = {"Bucket": bucket, "Key": f"{key}-copie"}
    made = ""
    try:
        client.put_object(**at, Body=b"bobine\n")
        made = client.create_multipart_upload(**copied)["UploadId"]
        part: Any = copy_part(client, copied, made, 1, at, (1, 4))
        client.complete_multipart_upload(**copied, UploadId=made, MultipartUpload={"Parts": [part]})
        made = ""
        if checked(client.get_object(**copied))["Body"].read(8) != b"obi":
            raise CannotSendAheadError("il ne copie pas juste ce qu'il a")
    except ClientError as error:
        if is_passing(error):
            raise
        raise CannotSendAheadError(f"il ne copie pas de morceaux ({error_code(error)})") from error
    except (LookupError, TypeError, ValueError) as error:
        raise CannotSendAheadError("il ne copie pas de morceaux") from error
    finally:
        with contextlib.suppress(aws.BotoCoreError, ClientError):
            if made:
                client.abort_multipart_upload(**copied, UploadId=made)
        for one in (at, copied):
            with contextlib.suppress(aws.BotoCoreError, ClientError):
                client.delete_object(**one)
