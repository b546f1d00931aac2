"""A correction of words alone: the sound that is there is copied there, the words alone go over the line."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from asyncssh.sftp import SFTPServerHandler
from botocore.exceptions import ClientError

from bobine.errors import PublishError
from bobine.model.published.release import Audio, Release
from bobine.publish.destinations.bucket import BucketStore
from bobine.publish.destinations.grafting import Stretch
from bobine.publish.destinations.opening import open_store
from bobine.publish.destinations.s3.client import Line
from bobine.publish.destinations.store import Store
from bobine.publish.layout import GROWING, IMMUTABLE
from bobine.publish.outgoing.grafting import SoundThere
from bobine.publish.outgoing.sound_heads import body_digest, head_bytes
from bobine.publish.records import decode, encode
from bobine.publish.release import publish
from bobine.publish.tags import tag_mp3, tag_opus
from tests.publish.destinations.weak_line import weak_line
from tests.publish.media.test_tags import TAGS
from tests.publish.samples import SHOW
from tests.publish.seaweed import SeaweedFS, client_of
from tests.publish.servers import SftpServer, WebdavServer
from tests.publish.shelf import NOW, SLUG, episode, stored_file, write_feed
from tests.publish.stores import opened_folder, opened_remote

pytestmark = pytest.mark.integration

LINE = Line(stall_s=2, answer_s=20, waits_s=(0.05, 0.1, 0.2, 0.4))
TAGGED = {"mp3": tag_mp3, "opus": tag_opus}
Spoken = Callable[..., tuple[Release, dict[str, Path]]]


@pytest.fixture(scope="module")
def sounds(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Noise as MP3, and as Opus: more than a part of an upload each, encoded as fast as may be."""
    folder = tmp_path_factory.mktemp("sounds")
    source = ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "anoisesrc=d=170:c=pink:r=48000:a=0.2"]
    mp3 = [*source, "-b:a", "320k", "-compression_level", "9", "-write_xing", "0", str(folder / "s.mp3")]
    opus = [*source, "-ac", "2", "-c:a", "libopus", "-b:a", "320k", "-compression_level", "0", str(folder / "s.opus")]
    for command in (mp3, opus):
        subprocess.run(command, check=True)
    made = {suffix: (folder / f"s.{suffix}").read_bytes() for suffix in TAGGED}
    assert min(map(len, made.values())) > Line().part_bytes
    return made


@pytest.fixture
def spoken(sounds: dict[str, bytes], tmp_path: Path) -> Spoken:
    """An episode under some title, whose sound is real; ``other`` changes a byte in its middle."""

    def made(title: str, *, other: bool = False, suffixes: tuple[str, ...] = ("mp3", "opus")) -> Any:
        plain, files = episode(tmp_path / "plain", 0, text=title.replace(" ", "-"))
        kept = {file.key: files[file.key] for file in (plain.image, plain.chapters) if file is not None}
        audio = []
        for suffix in suffixes:
            content = bytearray(sounds[suffix])
            if other:
                content[len(content) // 2] ^= 1
            path = tmp_path / f"{title}.{suffix}"
            path.write_bytes(content)
            TAGGED[suffix](path, replace(TAGS, title=title))
            digest = stored_file(path, "x").sha256[:12]
            file = stored_file(path, f"{SLUG}/audio/{SLUG}-{plain.date}-{digest}.{suffix}")
            kept[file.key] = path
            audio.append(Audio(file=file, kbps=128, body_sha256=body_digest(path)))
        return replace(plain, title=title, audio=tuple(audio)), kept

    return made


def put_online(store: Store, made: tuple[Release, dict[str, Path]]) -> Release:
    release, files = made
    return publish(store, SHOW, release, files, write_feed, NOW).release


def assert_whole(store: Store, made: tuple[Release, dict[str, Path]]) -> None:
    for key, path in made[1].items():
        content = path.read_bytes()
        assert store.read(key, 0, len(content) + 1) == content, key


def tag_bytes(files: dict[str, Path]) -> int:
    return sum(head_bytes(path) for key, path in files.items() if "/audio/" in key)


@pytest.mark.parametrize("suffix", ["mp3", "opus"])
def test_another_tag_leaves_the_sound_as_it_is(spoken: Spoken, sounds: dict[str, bytes], suffix: str) -> None:
    (one,), (other,) = (
        [path for key, path in spoken(title, suffixes=(suffix,))[1].items() if "/audio/" in key]
        for title in ("Fanfarre", "La fanfare de la Presle")
    )
    assert one.read_bytes() != other.read_bytes()
    assert body_digest(one) == body_digest(other)
    body = one.read_bytes()[head_bytes(one) :]
    assert sounds[suffix].endswith(body)
    assert len(body) > 0.99 * len(sounds[suffix])


@pytest.mark.parametrize("content", [b"", b"Ogg", b"OggS" + bytes(40), b"OggS" * 200, b"plain"])
def test_a_file_without_a_head_has_none(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x"
    path.write_bytes(content)
    assert head_bytes(path) == 0


@pytest.mark.slow
def test_a_bucket_gets_the_tags_alone(seaweed: SeaweedFS, spoken: Spoken) -> None:
    first, second, destination = spoken("Fanfarre"), spoken("Fanfare"), seaweed.destination()
    with weak_line(seaweed.endpoint, 50e6) as line:
        store = BucketStore(replace(destination, endpoint=line.endpoint), LINE)
        put_online(store, first)
        before = line.sent
        put_online(store, second)
        sent = line.sent - before
        assert_whole(store, second)
        assert_whole(store, first)
    store = BucketStore(destination, LINE)
    assert sent < tag_bytes(second[1]) + 100_000
    assert before > 10_000_000
    assert not list(store.listing(f"{SLUG}/{GROWING}/"))
    found = store.head(second[0].audio[0].file.key)
    assert found is not None
    client = client_of(seaweed.endpoint)
    at: Any = {"Bucket": destination.bucket, "Key": destination.prefix + found.key}
    assert client.head_object(**at)["CacheControl"] == IMMUTABLE


@pytest.mark.slow
@pytest.mark.parametrize("why", ["other sound", "not noted", "gone", "changed there", "refused"])
def test_what_is_not_the_same_sound_is_sent_whole(
    seaweed: SeaweedFS, spoken: Spoken, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = BucketStore(seaweed.destination(), LINE)
    first, second = (
        spoken("Fanfarre", suffixes=("mp3",)),
        spoken("Fanfare", other=why == "other sound", suffixes=("mp3",)),
    )
    if why == "not noted":
        release = replace(first[0], audio=tuple(Audio(file=one.file, kbps=one.kbps) for one in first[0].audio))
        first = release, first[1]
    put_online(store, first)
    old = first[0].audio[0].file
    if why == "gone":
        store.delete(old.key)
    if why == "changed there":
        content = first[1][old.key].read_bytes()
        first[1][old.key].write_bytes(content[:-1] + b"?")
        store.put(replace(old, sha256="0" * 64), first[1][old.key], IMMUTABLE)
    if why == "refused":
        refusal = ClientError({"Error": {"Code": "NotImplemented"}}, "UploadPartCopy")
        refusal.response["ResponseMetadata"] = {"HTTPStatusCode": 501}  # type: ignore[typeddict-item]
        monkeypatch.setattr(
            "bobine.publish.destinations.s3.grafting.copy_part", lambda *_: (_ for _ in ()).throw(refusal)
        )
    put_online(store, second)
    assert_whole(store, second)
    assert not list(store.listing(f"{SLUG}/{GROWING}/"))


@pytest.fixture
def sftp(tmp_path: Path, public: WebdavServer, web_folder: Path) -> Iterator[SftpServer]:
    del public
    server = SftpServer(web_folder / f"graft-{tmp_path.name}")
    yield server
    server.stop()


@pytest.mark.parametrize("copies", [True, False])
def test_an_sftp_server_that_copies_gets_the_tags_alone(
    sftp: SftpServer,
    public: WebdavServer,
    spoken: Spoken,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    copies: bool,
) -> None:
    if not copies:
        monkeypatch.delitem(SFTPServerHandler._packet_handlers, b"copy-data")
    first, second = spoken("Fanfarre"), spoken("Fanfare")
    with weak_line(f"http://127.0.0.1:{sftp.port}", 1e9) as line:
        port = urlsplit(line.endpoint).port
        destination = sftp.destination(path="/", port=port, public_url=f"{public.root}{sftp.folder.name}/")
        store = open_store(destination, tmp_path)
        put_online(store, first)
        before = line.sent
        put_online(store, second)
        sent = line.sent - before
        assert_whole(store, second)
        assert_whole(store, first)
    assert before > 10_000_000
    assert (sent < tag_bytes(second[1]) + 100_000) is copies
    assert not list(sftp.folder.rglob("*.part"))


def test_webdav_and_a_folder_are_sent_it_whole(
    spoken: Spoken, webdav: WebdavServer, public: WebdavServer, tmp_path: Path
) -> None:
    folder = f"graft-{tmp_path.name}"
    destination = webdav.destination(address=f"{webdav.root}{folder}/", public_url=f"{public.root}{folder}/")
    for store in (open_store(destination, tmp_path), opened_folder(tmp_path / "workspace")):
        first, second = spoken("Fanfarre", suffixes=("mp3",)), spoken("Fanfare", suffixes=("mp3",))
        put_online(store, first)
        put_online(store, second)
        assert_whole(store, second)


def test_a_server_that_copies_badly_has_it_sent_whole(spoken: Spoken, tmp_path: Path) -> None:
    store = opened_remote(tmp_path / "host", tmp_path / "state")
    first, second = spoken("Fanfarre", suffixes=("mp3",)), spoken("Fanfare", suffixes=("mp3",))
    put_online(store, first)
    copy = store._files.append_copy

    def shifted(path: str, size: int, source: str, start: int, count: int) -> bool:
        return copy(path, size, source, start - 1, count)

    store._files.append_copy = shifted  # type: ignore[method-assign]
    put_online(store, second)
    assert_whole(store, second)


def test_a_record_notes_the_sound_and_one_of_before_keeps_its_bytes(spoken: Spoken) -> None:
    release, _ = spoken("Fanfare", suffixes=("mp3",))
    noted = decode(encode(release), "x")
    assert noted.audio[0].body_sha256 == release.audio[0].body_sha256
    plain = replace(release, audio=(Audio(file=release.audio[0].file, kbps=128),))
    assert b"body" not in encode(plain)
    assert plain == release, "what was not noted is no change"


def test_a_record_that_cannot_be_read_says_nothing_of_the_sound(spoken: Spoken, tmp_path: Path) -> None:
    store = opened_remote(tmp_path / "host", tmp_path / "state")
    release, files = spoken("Fanfare", suffixes=("mp3",))
    record = tmp_path / "host" / SLUG / "releases" / f"{release.date}.json"
    record.parent.mkdir(parents=True)
    record.write_bytes(b"{")
    there = SoundThere(store, SLUG, release)
    key = release.audio[0].file.key
    assert not there.graft(key, files[key], lambda _count: None)


def test_a_stretch_that_is_not_there_is_an_error_told_in_french(
    sftp: SftpServer, public: WebdavServer, spoken: Spoken, tmp_path: Path
) -> None:
    store: Any = open_store(sftp.destination(path="/", public_url=f"{public.root}{sftp.folder.name}/"), tmp_path)
    release, _ = spoken("Fanfare", suffixes=("mp3",))
    with pytest.raises(PublishError, match="site"):
        store.graft(release.audio[0].file, b"x", Stretch("absent.mp3", 0, 10), IMMUTABLE, lambda _count: None)
