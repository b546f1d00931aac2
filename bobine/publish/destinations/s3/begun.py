"""An upload of a growing sound that goes on: its parts and the pieces beside it, as the store tells them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bobine.publish.destinations.s3.sending import named
from bobine.publish.destinations.s3.tags import md5, plain_tag

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

_NOTE = re.compile(r"-fait-(\d{1,5})-([0-9a-f]{32})")


@dataclass(slots=True, kw_only=True)
class BegunUpload:
    """An upload that goes on.

    Attributes:
        key: of the upload; the objects beside it have names that begin with it.
        id: the store's name for it.
        parts: each part as the end of the upload names it, by number.
        sums: MD5 of the content of each part and object, by number or name.
    """

    key: str
    id: str
    parts: dict[int, dict[str, Any]]
    sums: dict[int | str, str]

    def pieces(self, index: int) -> list[str]:
        """The pieces of a part that are there, counted from 0."""
        return [name for name in self.sums if isinstance(name, str) and name.startswith(pieces_of(index))]

    def read(self, client: S3Client, at: Mapping[str, Any], objects: Iterable[Mapping[str, Any]]) -> None:
        """Read anew what the store has of it.

        Args:
            client: the store's.
            at: ``Bucket`` and ``Key`` of the upload.
            objects: the objects in its folder, as a listing tells them.
        """
        self.parts, self.sums = {}, {}
        for page in client.get_paginator("list_parts").paginate(**at, UploadId=self.id):
            for part in page.get("Parts", ()):
                self.parts[part["PartNumber"]] = named(part["PartNumber"], part)
                self.sums[part["PartNumber"]] = sum_of(part)
        beside = {one["Key"].removeprefix(self.key): sum_of(one) for one in objects if one["Key"].startswith(self.key)}
        self.sums |= beside
        for name, noted in beside.items():
            note = _NOTE.fullmatch(name)
            its = self.parts.get(int(note[1])) if note is not None else None
            if note is not None and its is not None and md5(note_content(its)).hexdigest() == noted:
                self.sums[int(note[1])] = note[2]


def note_name(number: int, content_md5: str) -> str:
    """The name of the object that notes what a part holds: some stores give a part made of pieces another ETag."""
    return f"-fait-{number}-{content_md5}"


def note_content(part: Mapping[str, Any]) -> bytes:
    """The content of that object, the part's ETag: it is of this part, not of one that it came in the place of."""
    return str(part["ETag"]).strip('"').encode()


def pieces_of(index: int) -> str:
    """The prefix of the names of a part's pieces."""
    return f"-p{index}-"


def sum_of(found: Mapping[str, Any]) -> str:
    """The MD5 that the ETag of a part or an object is, where it is one."""
    return plain_tag(str(found.get("ETag", ""))).strip('"').lower()
