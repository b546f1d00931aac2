"""A head put before a stretch of an object, by the store: the head alone goes over the line.

S3 takes no part below 5 MiB but the last. So the head goes behind the first 5 MiB of the stretch, the whole stretch
behind that, and what is needed of the result is copied out of it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from botocore import exceptions as aws
from botocore.exceptions import ClientError

from bobine.publish.destinations.bucket_errors import is_passing
from bobine.publish.destinations.growing import OnBytes
from bobine.publish.destinations.s3.copying import MakePart, copy_part, join
from bobine.publish.destinations.s3.deleting import delete_for_good
from bobine.publish.destinations.s3.sending import Counted, Sender, named

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client


class Grafter:
    """Puts heads before what one bucket has."""

    def __init__(self, client: S3Client, sender: Sender, part_bytes: int) -> None:
        """Nothing is asked yet.

        Args:
            client: the store's, that is patient with what takes it long.
            sender: sends content.
            part_bytes: fewest bytes of a part that is not the last.
        """
        self._client = client
        self._sender = sender
        self._part_bytes = part_bytes

    def graft(
        self,
        work: Mapping[str, Any],
        target: Mapping[str, Any],
        headers: Mapping[str, Any],
        head: bytes,
        source: tuple[Mapping[str, Any], int, int],
        on_bytes: OnBytes,
    ) -> bool:
        """Make an object of a head and of a stretch of another.

        Args:
            work: ``Bucket`` and ``Key`` that nobody uses: two objects stand beside it for a while.
            target: ``Bucket`` and ``Key`` of what is made.
            headers: what it is served with, and its metadata.
            head: what it begins with.
            source: ``Bucket`` and ``Key`` of the other, the stretch's first byte, and one past its last.
            on_bytes: called with each number of bytes that are sent or found there.

        Returns:
            False where the stretch is too short, or the store does not copy: no byte was told then.

        Raises:
            botocore.exceptions.BotoCoreError, ClientError: if the line gives nothing any more.
        """
        other, start, end = source
        if end - start < self._part_bytes:
            return False
        headed, whole = ({**work, "Key": f"{work['Key']}-{name}"} for name in ("tete", "entier"))
        told = Counted(on_bytes)

        def send_head(upload_id: str) -> dict[str, Any]:
            sent = self._sender.arrive(head, told, self._sender.sends_part(headed, upload_id, 2))
            return named(2, sent)

        begun = (start, start + self._part_bytes)
        wanted = (self._part_bytes, self._part_bytes + len(head) + end - start)
        try:
            join(self._client, headed, {}, [self._copied(headed, 1, other, begun), send_head])
            join(self._client, whole, {}, [self._copied(whole, 1, headed), self._copied(whole, 2, other, (start, end))])
            join(self._client, target, headers, [self._copied(target, 1, whole, wanted)])
        except (ClientError, LookupError, TypeError, ValueError) as error:
            told.take_back()
            if isinstance(error, ClientError) and is_passing(error):
                raise
            return False
        except BaseException:
            told.take_back()
            raise
        finally:
            for made in (headed, whole):
                with contextlib.suppress(aws.BotoCoreError, ClientError, ValueError):
                    delete_for_good(self._client, made)
        told(end - start)
        return True

    def _copied(
        self, at: Mapping[str, Any], number: int, source: Mapping[str, Any], stretch: tuple[int, int] | None = None
    ) -> MakePart:
        return lambda upload_id: copy_part(self._client, at, upload_id, number, source, stretch)
