"""What is done at a destination while a sound is sent or grafted, and all that then still holds it."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bobine.model.destination import BucketDestination
from bobine.model.published.release import Audio, Release, Withdrawal
from bobine.publish.corrections.withdrawing import withdraw
from bobine.publish.outgoing.sound_heads import body_digest
from bobine.publish.release import Outcome, publish
from bobine.publish.tags import tag_mp3
from tests.publish.media.test_tags import TAGS
from tests.publish.samples import SHOW
from tests.publish.shelf import NOW, SLUG, episode, stored_file, write_feed

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

SOUND_BYTES = (5 << 20) + 70_000
"""A little more than what a bucket takes as a part."""

VOICE = b"\xff\xfb\x90\x00" + b"Ici la voix de Marguerite Bel, invitee. " * 3
"""A stretch that is in her sound, again and again, and in no other file."""


def spoken(folder: Path, number: int, week: int = 1) -> tuple[Release, dict[str, Path]]:
    """An episode with her voice, whose tags alone differ from one number to the next."""
    plain, files = episode(folder, week, text=f"parle-{number}", now=NOW + timedelta(minutes=number))
    path = folder / f"spoken-{week}-{number}.mp3"
    path.write_bytes((VOICE * (SOUND_BYTES // len(VOICE) + 1))[:SOUND_BYTES])
    tag_mp3(path, replace(TAGS, title=f"Titre {number}"))
    digest = stored_file(path, "x").sha256[:12]
    file = stored_file(path, f"{SLUG}/audio/{SLUG}-{plain.date}-{digest}.mp3")
    kept = {one.key: files[one.key] for one in (plain.image, plain.chapters) if one is not None}
    kept[file.key] = path
    return replace(plain, audio=(Audio(file=file, kbps=128, body_sha256=body_digest(path)),)), kept


def tagged_anew(store: Any, folder: Path, number: int) -> Outcome:
    """The episode with other tags: its sound is grafted where the destination does that, else sent again."""
    made, files = spoken(folder, number)
    return publish(store, SHOW, made, files, write_feed, NOW + timedelta(minutes=number), keep=timedelta())


def taken_back(store: Any, folder: Path, number: int) -> Outcome:
    """The episode withdrawn at once, by who knows what was sent last."""
    made, _ = spoken(folder, number)
    moment = NOW + timedelta(minutes=number + 1)
    why = Withdrawal(at=moment, reason="à la demande d'une invitée")
    return withdraw(store, SHOW, made, why, {}, write_feed, moment, keep=timedelta())


def killed_while_copying(store: Any, folder: Path, number: int) -> None:
    """The same, killed at the first bytes of the sound."""
    put = store.put

    def cut(file: Any, source: Path, cache_control: str, on_bytes: Any = None) -> None:
        tell = (lambda _count: os.kill(os.getpid(), signal.SIGKILL)) if file.key.endswith(".mp3") else on_bytes
        put(file, source, cache_control, tell)

    store.put = cut
    tagged_anew(store, folder, number)


def killed_when_copied(store: Any, folder: Path, number: int) -> None:
    """The same, killed before its record is written."""
    store.swap = lambda *_given: os.kill(os.getpid(), signal.SIGKILL)
    tagged_anew(store, folder, number)


WORKS: dict[str, Callable[[Any, Path, int], Any]] = {
    "tagged anew": tagged_anew,
    "killed while copying": killed_while_copying,
    "killed when copied": killed_when_copied,
}


def voices_in_folder(top: Path) -> Iterator[str]:
    """The files that hold her voice, hidden ones included."""
    for path in top.rglob("*"):
        if path.is_file() and VOICE[4:40] in path.read_bytes():
            yield path.relative_to(top).as_posix()


def voices_in_bucket(destination: BucketDestination, client: S3Client) -> Iterator[str]:
    """The objects that hold her voice, and all uploads that are not ended."""
    at: Any = {"Bucket": destination.bucket, "Prefix": destination.prefix}
    for found in client.list_objects_v2(**at).get("Contents", ()):
        body = client.get_object(Bucket=destination.bucket, Key=found["Key"])["Body"].read()
        if VOICE[4:40] in body:
            yield found["Key"]
    for upload in client.list_multipart_uploads(**at).get("Uploads", ()):
        yield f"{upload['Key']}?{upload['UploadId']}"
