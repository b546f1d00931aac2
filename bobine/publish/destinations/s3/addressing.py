"""The place of a bucket's name in its addresses: whichever the store answers, found out when it is first asked."""

from __future__ import annotations

from botocore.exceptions import BotoCoreError, ClientError

from bobine.model.destination import Addressing, BucketDestination
from bobine.publish.destinations.bucket_answers import checked_page
from bobine.publish.destinations.bucket_errors import NO_STORE, http_status
from bobine.publish.destinations.s3.client import Clients, Line, Style

_STYLES: dict[Addressing, Style] = {Addressing.AUTO: "path", Addressing.PATH: "path", Addressing.VIRTUAL: "virtual"}


class Addressed:
    """The clients of a bucket, with its name where the store wants it.

    Attributes:
        clients: those that ask and send.
    """

    def __init__(self, destination: BucketDestination, line: Line) -> None:
        """Nothing is asked yet.

        Raises:
            ValueError: if the endpoint is no address.
            botocore.exceptions.BotoCoreError: if the profile is not usable.
        """
        self._destination = destination
        self._line = line
        self._tried = destination.addressing is not Addressing.AUTO or not destination.endpoint
        style = _STYLES[destination.addressing] if destination.endpoint else "auto"
        self.clients = Clients(destination, line, style)

    def list_one(self) -> None:
        """List what the prefix holds, one object of it. Raises as boto3 does, ``ValueError`` for another's answer."""
        checked_page(
            self.clients.asking.list_objects_v2(
                Bucket=self._destination.bucket, Prefix=self._destination.prefix, MaxKeys=1
            )
        )

    def try_addressing(self) -> bool:
        """Turn to addresses that begin with the bucket's name where the store answers those alone, once it answers.

        Returns:
            Whether the bucket was listed to find that out.
        """
        if self._tried:
            return False
        try:
            self.list_one()
        except ClientError as error:
            self._tried = True
            return 300 <= http_status(error) < 500 and self._answers_by_name()
        except (BotoCoreError, *NO_STORE):
            return False
        self._tried = True
        return True

    def _answers_by_name(self) -> bool:
        by_path, self.clients = self.clients, Clients(self._destination, self._line, "virtual")
        try:
            self.list_one()
        except (BotoCoreError, ClientError, *NO_STORE):
            self.clients = by_path
            return False
        return True
