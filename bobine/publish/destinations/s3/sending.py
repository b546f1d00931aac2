"""Files sent to a bucket over whatever line there is: one connection, in parts, each kept once it has arrived.

What was begun, by this run or an earlier one, is gone on with: the store says which parts it has, and those that hold
what the file holds are not sent again. Uploads that nobody went on with for a week are taken away.
"""

from __future__ import annotations

import contextlib
import io
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from botocore import exceptions as aws
from botocore.exceptions import ClientError

from bobine.publish.destinations.bucket_answers import checked
from bobine.publish.destinations.bucket_errors import error_code, http_status
from bobine.publish.destinations.s3.client import Line
from bobine.publish.destinations.s3.tags import md5, plain_tag

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

OnBytes = Callable[[int], None]

ABANDONED = timedelta(days=7)
"""Age at which an upload that was begun and not ended is taken away."""

_PASSING = (
    aws.ConnectionError, aws.HTTPClientError, aws.ConnectTimeoutError, aws.ReadTimeoutError, aws.IncompleteReadError,
)  # fmt: skip
_PASSING_CODES = frozenset({"SlowDown", "RequestTimeout", "BadDigest", "InternalError"})
_UNUSABLE = frozenset({"NoSuchUpload", "InvalidPart", "InvalidPartOrder", "EntityTooSmall"})
"""Codes by which an upload is over: ended by somebody else, taken away, or with parts that it cannot be made of."""

_RESTARTS = 3

_T = TypeVar("_T")


@dataclass(kw_only=True)
class Upload:
    """An upload in parts.

    Attributes:
        id: the store's name for it.
        parts: what the store said of each part that it has, by number.
        resumable: whether a later run will find it and know its parts again.
    """

    id: str
    parts: Mapping[int, Any] = field(default_factory=dict)
    resumable: bool = False


class _Part(io.BytesIO):
    """Bytes that tell when they are read in order to be sent; they are read before, to be signed."""

    def __init__(self, content: bytes, on_bytes: OnBytes) -> None:
        super().__init__(content)
        self.is_leaving = False
        self._on_bytes = on_bytes
        self._told = 0

    def read(self, size: int | None = -1) -> bytes:
        """The next bytes."""
        content = super().read(size)
        if self.is_leaving and content:
            self._told += len(content)
            self._on_bytes(len(content))
        return content

    def take_back(self) -> None:
        """Tell that none of it arrived."""
        if self._told:
            self._on_bytes(-self._told)


class Sender:
    """Sends the files of one bucket, one after the other."""

    def __init__(self, client: S3Client, line: Line) -> None:
        self._client = client
        self._line = line
        self._part: _Part | None = None
        client.meta.events.register_last("before-send.s3", self._leaves)

    def send(self, at: Mapping[str, Any], headers: Mapping[str, Any], source: Path, on_bytes: OnBytes) -> None:
        """Send a file: whole, or not at all; parts of a large one stay, for the next run.

        Args:
            at: ``Bucket`` and ``Key``.
            headers: what the object is served with, and its metadata.
            source: the local file.
            on_bytes: called with each number of bytes that are sent or found there already, negative for what did not
                arrive; when this ends in any way, their sum is what need not be sent again.

        Raises:
            botocore.exceptions.BotoCoreError: if the line gives nothing any more.
            botocore.exceptions.ClientError: if the store refuses.
        """
        size = source.stat().st_size
        for attempt in range(_RESTARTS):
            upload = self.opened(at, headers) if size > self._line.part_bytes else None
            if upload is None:
                content = source.read_bytes()
                self.arrive(content, on_bytes, lambda body: self._client.put_object(**at, **headers, Body=body))
                return
            counted = Counted(on_bytes)
            try:
                self._send_parts(at, upload, source, counted)
            except BaseException as error:
                is_over = isinstance(error, ClientError) and error_code(error) in _UNUSABLE
                if is_over or not upload.resumable:
                    counted.take_back()
                    self.abort(at, upload.id)
                if is_over and attempt + 1 < _RESTARTS:
                    if self._is_there(at, size, headers):  # another publisher sent the same file, and ended it
                        on_bytes(size)
                        return
                    continue
                raise
            return

    def opened(self, at: Mapping[str, Any], headers: Mapping[str, Any]) -> Upload | None:
        """The upload that was begun, or a new one; None where the store knows none."""
        try:
            begun = self.tried(lambda: self.begun(at))
        except (ClientError, LookupError, TypeError, ValueError):
            begun = None
        found = max(begun or (), key=_begun_at, default=None)
        if found is not None:
            with contextlib.suppress(ClientError):
                return Upload(id=found["UploadId"], parts=self._parts(at, found["UploadId"]), resumable=True)
        try:
            made = self.tried(lambda: self._client.create_multipart_upload(**at, **headers))
        except ClientError as error:
            if http_status(error) in (405, 501):
                return None
            raise
        return Upload(id=made["UploadId"], resumable=begun is not None)

    def begun(self, at: Mapping[str, Any]) -> list[Any]:
        """Uploads of this object that were begun; those beside it that were left long ago are taken away."""
        found = []
        beside = at["Key"].rpartition("/")[0]
        pages = self._client.get_paginator("list_multipart_uploads").paginate(
            Bucket=at["Bucket"], Prefix=f"{beside}/" if beside else ""
        )
        for page in pages:
            for upload in page.get("Uploads", ()):
                if upload["Key"] == at["Key"]:
                    found.append(upload)
                elif datetime.now(UTC) - upload["Initiated"] > ABANDONED:
                    self.abort({**at, "Key": upload["Key"]}, upload["UploadId"])
        return found

    def _parts(self, at: Mapping[str, Any], upload_id: str) -> dict[int, Any]:
        pages = self._client.get_paginator("list_parts").paginate(**at, UploadId=upload_id)
        return {part["PartNumber"]: part for page in pages for part in page.get("Parts", ())}

    def _send_parts(self, at: Mapping[str, Any], upload: Upload, source: Path, on_bytes: OnBytes) -> None:
        arrived: list[Any] = []
        with source.open("rb") as stream:
            contents = iter(lambda: stream.read(self._line.part_bytes), b"")
            for number, content in enumerate(contents, 1):
                there = upload.parts.get(number)
                if there is not None and there.get("Size") == len(content) and is_of(there, content):
                    on_bytes(len(content))
                else:
                    there = self.arrive(content, on_bytes, self.sends_part(at, upload.id, number))
                    upload.resumable = upload.resumable and is_of(there, content)
                arrived.append(named(number, there))
        self.tried(
            lambda: self._client.complete_multipart_upload(**at, UploadId=upload.id, MultipartUpload={"Parts": arrived})
        )
        with contextlib.suppress(aws.BotoCoreError, ClientError, LookupError, TypeError):
            for other in self.begun(at):
                self.abort(at, other["UploadId"])

    def sends_part(self, at: Mapping[str, Any], upload_id: str, number: int) -> Callable[[Any], Any]:
        """Return what sends the content of a part."""
        return lambda body: self._client.upload_part(**at, UploadId=upload_id, PartNumber=number, Body=body)

    def arrive(self, content: bytes, on_bytes: OnBytes, send: Callable[[_Part], Any]) -> Any:
        """Send bytes until they have arrived; gives the store's answer."""

        def attempt() -> Any:
            self._part = _Part(content, on_bytes)
            try:
                return checked(send(self._part))
            except BaseException:
                self._part.take_back()
                raise
            finally:
                self._part = None

        return self.tried(attempt)

    def tried(self, ask: Callable[[], _T]) -> _T:
        """The result of a request, repeated as long as its failure may pass."""
        for wait_s in self._line.waits_s:
            try:
                return ask()
            except _PASSING:
                pass
            except ClientError as error:
                if not _may_pass(error):
                    raise
            time.sleep(wait_s)
        return ask()

    def _leaves(self, **_given: object) -> None:
        if self._part is not None:
            self._part.is_leaving = True

    def abort(self, at: Mapping[str, Any], upload_id: str) -> None:
        """Take an upload away; what a store does not give up is its own matter."""
        with contextlib.suppress(aws.BotoCoreError, ClientError):
            self._client.abort_multipart_upload(**at, UploadId=upload_id)

    def _is_there(self, at: Mapping[str, Any], size: int, headers: Mapping[str, Any]) -> bool:
        try:
            found = self._client.head_object(**at)
        except ClientError:
            return False
        noted = found.get("Metadata") or headers.get("Metadata")  # some stores keep none
        return bool(found["ContentLength"] == size and noted == headers.get("Metadata"))


class Counted:
    """Passes numbers of bytes on, and can take all of them back."""

    def __init__(self, on_bytes: OnBytes) -> None:
        self._on_bytes = on_bytes
        self._sum = 0

    def __call__(self, count: int) -> None:
        """Pass a number on."""
        self._sum += count
        self._on_bytes(count)

    def take_back(self) -> None:
        """Tell that none of them counts."""
        if self._sum:
            self._on_bytes(-self._sum)
            self._sum = 0


def named(number: int, part: Mapping[str, Any]) -> dict[str, Any]:
    """A part as the end of an upload names it, by what the store said when it took it."""
    sums = {name: value for name, value in part.items() if name.startswith("Checksum") and value}
    sums.pop("ChecksumType", None)
    return {"PartNumber": number, "ETag": part["ETag"], **sums}


def _may_pass(error: ClientError) -> bool:
    status = http_status(error)
    return error_code(error) in _PASSING_CODES or status in (408, 429) or (status >= 500 and status not in (501, 507))


def is_of(part: Mapping[str, Any], content: bytes) -> bool:
    """Whether what the store says of a part is what these bytes would have made of it."""
    return plain_tag(str(part.get("ETag", ""))).strip('"').lower() == md5(content).hexdigest()


def _begun_at(upload: Mapping[str, Any]) -> float:
    instant: datetime = upload["Initiated"]
    return instant.timestamp()
