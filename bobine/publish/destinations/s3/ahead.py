"""A sound that grows, sent while it does: what it begins with comes last, and the store gives it its name.

Until the whole is known, neither its tags nor the hash in its name are. Its body goes up under a name that nobody
guesses: parts of 5 MiB in an upload that is not ended, the rest of it in short pieces, so that little is left to send
at the end. A part or piece that turns out different is sent again. At the end the store joins all that, the head
before it, and copies the whole to where it belongs (``copying.py`` says how, with parts that S3 takes).
"""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from botocore import exceptions as aws
from botocore.exceptions import ClientError

from bobine.publish.destinations.bucket_errors import error_code, http_status, is_passing
from bobine.publish.destinations.growing import Body, CannotSendAheadError, OnBytes
from bobine.publish.destinations.s3.ahead_trial import try_copying
from bobine.publish.destinations.s3.begun import BegunUpload, note_content, note_name, pieces_of, sum_of
from bobine.publish.destinations.s3.client import Line
from bobine.publish.destinations.s3.copying import copy_part, join, join_behind
from bobine.publish.destinations.s3.deleting import delete_for_good
from bobine.publish.destinations.s3.growing_folder import GrowingFolder
from bobine.publish.destinations.s3.sending import Counted, Sender, is_of, named
from bobine.publish.destinations.s3.tags import md5

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

PIECES = 8
"""Pieces of a part."""

_HEAD, _FIRST = 1, 2
"""Numbers of the part with the head, and of the first part of the body."""

_START = "-debut"
"""What the name of the first part's own object ends with: the one that is long enough to put others behind."""

_NOT_A_STORE = (LookupError, TypeError, ValueError)


class AheadSender:
    """Sends one growing sound to one bucket; made anew, it goes on where another was killed."""

    def __init__(self, client: S3Client, sender: Sender, line: Line, bucket: str, stem: str) -> None:
        """Nothing is asked yet.

        Args:
            client: the store's, that is patient with what takes it long.
            sender: sends content.
            line: the patience with the line.
            bucket: the bucket.
            stem: what the names begin with; nothing else is in their folder but those of other sounds that grow.
        """
        self._client = client
        self._sender = sender
        self._part_bytes = line.part_bytes
        self._piece_bytes = line.part_bytes // PIECES
        self._bucket = bucket
        self._stem = stem
        self._folder = GrowingFolder(client, bucket, stem)
        self._begun: BegunUpload | None = None
        self._found: OnBytes = _unheard

    def offer(self, body: Body, on_bytes: OnBytes) -> None:
        """Send the parts and pieces that are whole by now, and those that are not what was sent.

        Raises:
            CannotSendAheadError: if the store lacks what is needed; nothing is left there.
            botocore.exceptions.BotoCoreError, ClientError: if the line gives nothing any more, or the store refuses.
        """
        if body.size < self._part_bytes:
            return
        self._found = _unheard
        begun = self._go_on() or self._begin()
        whole = body.size // self._part_bytes
        for index in range(whole):
            self._part(begun, index, body, on_bytes)
        for number in range((body.size - whole * self._part_bytes) // self._piece_bytes):
            self._piece(begun, whole, number, body, on_bytes)

    def finish(
        self, target: Mapping[str, Any], headers: Mapping[str, Any], head: bytes, body: Body, on_bytes: OnBytes
    ) -> bool:
        """Send what lacks, and have the store put the whole where it belongs.

        Args:
            target: ``Bucket`` and ``Key`` of the whole.
            headers: what it is served with, and its metadata.
            head: what it begins with, at least a byte.
            body: the rest, all of it.
            on_bytes: called with each number of bytes that are sent or found there already, negative for what did not
                arrive.

        Returns:
            False where nothing had been begun, or the store does not make a whole of it: it is to be sent in another
            way, and nothing of it is left.

        Raises:
            botocore.exceptions.BotoCoreError, ClientError: if the line gives nothing any more; what arrived stays.
        """
        try:
            begun = self._go_on()
        except (ClientError, CannotSendAheadError, *_NOT_A_STORE) as error:
            if isinstance(error, ClientError) and is_passing(error):
                raise
            return False  # a store that does not tell what was begun has nothing of it
        if begun is None or body.size < self._part_bytes or not head:
            self.abandon()
            return False
        self._found = told = Counted(on_bytes)
        try:
            for index in range(-(-body.size // self._part_bytes)):
                self._part(begun, index, body, told)
            self._name(begun, target, headers, head, body.size, told)
        except (ClientError, CannotSendAheadError, *_NOT_A_STORE) as error:
            told.take_back()
            if isinstance(error, ClientError) and is_passing(error):
                raise
            self.abandon()
            return False
        except BaseException:
            told.take_back()
            raise
        self.abandon()
        return True

    def abandon(self) -> None:
        """Take away all that went up; what cannot be taken away now goes with a later sound."""
        self._begun = None
        with contextlib.suppress(aws.BotoCoreError, ClientError, *_NOT_A_STORE):
            for upload in self._folder.uploads():
                self._sender.abort(self._at(upload["Key"]), upload["UploadId"])
            for found in self._folder.objects():
                delete_for_good(self._client, self._at(found["Key"]))

    def _name(
        self,
        begun: BegunUpload,
        target: Mapping[str, Any],
        headers: Mapping[str, Any],
        head: bytes,
        body_bytes: int,
        on_bytes: OnBytes,
    ) -> None:
        """Put the head before the body, and copy both to where they belong."""
        start, headed = self._at(begun.key + _START), self._at(f"{begun.key}-tete")

        def send_head(upload_id: str) -> dict[str, Any]:
            sent = self._sender.arrive(head, on_bytes, self._sender.sends_part(headed, upload_id, 2))
            return named(2, sent)

        join(self._client, headed, {}, [lambda upload: copy_part(self._client, headed, upload, 1, start), send_head])
        at = self._at(begun.key)
        begun.parts[_HEAD] = copy_part(self._client, at, begun.id, _HEAD, headed)
        last = _FIRST - 1 + -(-body_bytes // self._part_bytes)
        parts: Any = [begun.parts[number] for number in range(_HEAD, last + 1)]
        self._client.complete_multipart_upload(**at, UploadId=begun.id, MultipartUpload={"Parts": parts})
        stretch = (self._part_bytes, self._part_bytes + len(head) + body_bytes)
        join(self._client, target, headers, [lambda upload: copy_part(self._client, target, upload, 1, at, stretch)])

    def _part(self, begun: BegunUpload, index: int, body: Body, on_bytes: OnBytes) -> None:
        """Make a part of the body: from the pieces of it that went up, else from what is sent now."""
        number, start = index + _FIRST, index * self._part_bytes
        content = body.read(start, self._part_bytes)
        wanted = md5(content).hexdigest()
        if begun.sums.get(number) == wanted:
            self._found(len(content))
            return
        at = self._at(begun.key)
        if index == 0:
            self._object(begun, _START, content, on_bytes)
            begun.parts[number] = copy_part(self._client, at, begun.id, number, self._at(begun.key + _START))
        elif not begun.pieces(index) or not self._join_pieces(begun, index, body, wanted, on_bytes):
            sent = self._sender.arrive(content, on_bytes, self._sender.sends_part(at, begun.id, number))
            begun.parts[number] = named(number, sent)
            self._believe(sent, content)
        begun.sums[number] = wanted
        self._forget(begun, begun.pieces(index))

    def _join_pieces(self, begun: BegunUpload, index: int, body: Body, wanted: str, on_bytes: OnBytes) -> bool:
        """Make a part from its pieces, missing ones sent first; False where another run took them and made no part."""
        number = index + _FIRST
        length = min(self._part_bytes, body.size - index * self._part_bytes)
        sent, found = Counted(on_bytes), self._found
        self._found = there = Counted(found)
        try:
            places = range(-(-length // self._piece_bytes))
            names = [self._piece(begun, index, place, body, sent) for place in places]
            pieces = [self._at(begun.key + name) for name in names]
            turns = [self._at(f"{begun.key}-suite-{turn}") for turn in (0, 1)]
            joined = join_behind(self._client, self._at(begun.key + _START), pieces, turns)
            stretch = (self._part_bytes, self._part_bytes + length)
            part = copy_part(self._client, self._at(begun.key), begun.id, number, joined, stretch)
        except ClientError as error:
            if http_status(error) != HTTPStatus.NOT_FOUND:
                raise
            sent.take_back()
            there.take_back()
            begun.read(self._client, self._at(begun.key), self._folder.objects())
            if begun.sums.get(number) != wanted:
                return False
            found(length)
            return True
        finally:
            self._found = found
        begun.parts[number] = part
        if sum_of(part) != wanted:
            note = self._at(begun.key + note_name(number, wanted))
            self._sender.tried(lambda: self._client.put_object(**note, Body=note_content(part)))
        return True

    def _piece(self, begun: BegunUpload, index: int, place: int, body: Body, on_bytes: OnBytes) -> str:
        """Send a piece of a part as an object of its own; gives its name."""
        name = f"{pieces_of(index)}{place}"
        start = index * self._part_bytes + place * self._piece_bytes
        length = min(self._piece_bytes, (index + 1) * self._part_bytes - start)
        self._object(begun, name, body.read(start, length), on_bytes)
        return name

    def _object(self, begun: BegunUpload, name: str, content: bytes, on_bytes: OnBytes) -> None:
        if begun.sums.get(name) == md5(content).hexdigest():
            self._found(len(content))
            return
        at = self._at(begun.key + name)
        sent = self._sender.arrive(content, on_bytes, lambda part: self._client.put_object(**at, Body=part))
        self._believe(sent, content)
        begun.sums[name] = md5(content).hexdigest()

    def _forget(self, begun: BegunUpload, names: Iterable[str]) -> None:
        for name in names:
            with contextlib.suppress(aws.BotoCoreError, ClientError, ValueError):
                delete_for_good(self._client, self._at(begun.key + name))
            begun.sums.pop(name)

    def _believe(self, sent: Mapping[str, Any], content: bytes) -> None:
        """Make sure that the store says of what it took what it was."""
        if not is_of(sent, content):
            self.abandon()
            raise CannotSendAheadError("ses ETags ne disent pas ce qu'il a reçu")

    def _begin(self) -> BegunUpload:
        key = f"{self._stem}-{secrets.token_hex(16)}"
        try_copying(self._client, self._bucket, f"{key}-essai")
        made = self._sender.tried(lambda: self._client.create_multipart_upload(**self._at(key)))
        self._begun = BegunUpload(key=key, id=made["UploadId"], parts={}, sums={})
        return self._begun

    def _go_on(self) -> BegunUpload | None:
        """The upload that was begun, here or by a run that was killed; None where there is none."""
        if self._begun is not None:
            return self._begun
        try:
            uploads = self._sender.tried(self._folder.uploads)
        except ClientError as error:
            if http_status(error) not in (405, 501):
                raise
            raise CannotSendAheadError(f"il ne dit pas ce qu'il a reçu ({error_code(error)})") from error
        found = max(uploads, key=lambda one: one["Initiated"], default=None)
        if found is None:
            return None
        begun = BegunUpload(key=found["Key"], id=found["UploadId"], parts={}, sums={})
        begun.read(self._client, self._at(begun.key), self._folder.objects())
        if begun.sums.get(_FIRST) != begun.sums.get(_START):
            begun.sums.pop(_FIRST, None)
        self._begun = begun
        return self._begun

    def _at(self, key: str) -> dict[str, Any]:
        return {"Bucket": self._bucket, "Key": key}


def _unheard(_count: int) -> None:
    """Nobody asks what is there already."""
