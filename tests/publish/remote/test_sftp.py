"""A real SFTP server: what is published, what is refused, what a cut leaves."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import paramiko
import pytest
from asyncssh import SFTPFailure, SFTPPermissionDenied

from bobine.errors import PublishError
from bobine.model.destination import SftpDestination
from bobine.publish.destinations.limits import limits_of
from bobine.publish.destinations.opening import open_store
from bobine.publish.destinations.own_sending import computer_of
from bobine.publish.destinations.remote import sending
from bobine.publish.destinations.remote.files import LineCutError
from bobine.publish.destinations.remote.lock import LOCK
from bobine.publish.destinations.sftp.errors import told_in_french
from bobine.publish.destinations.store import Store
from bobine.store.local_state import state_folder
from tests.publish.servers import (
    PLAIN_SFTP,
    VARIABLE,
    SftpServer,
    WebdavServer,
    another_host_key,
    new_key_file,
)
from tests.publish.shelf import (
    stored_file,
)
from tests.publish.stores import opened_folder, released

pytestmark = pytest.mark.integration

RemoteAt = Callable[[str, str], Store]


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Callable[..., SftpServer]]:
    """Starts a server that this test may do anything to."""
    started: list[SftpServer] = []

    def start(**changes: object) -> SftpServer:
        started.append(SftpServer(tmp_path / f"server-{len(started)}", **changes))  # type: ignore[arg-type]
        return started[-1]

    yield start
    for server in started:
        server.stop()


def visible(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_an_episode_goes_out_and_a_second_run_sends_nothing(
    remote_at: RemoteAt, web_folder: Path, tmp_path: Path
) -> None:
    store = remote_at("sftp", "www-a/podcast")
    outcome = released(store, tmp_path, 0)
    assert len(outcome.uploaded) == 6
    assert released(store, tmp_path, 0).uploaded == ()
    untroubled = opened_folder(tmp_path / "untroubled")
    released(untroubled, tmp_path, 0)
    assert visible(web_folder / "www-a/podcast") == visible(Path(untroubled.location("")))
    skew = store.skew()
    assert skew is not None
    assert abs(skew.total_seconds()) < 30
    assert not list((web_folder / "www-a/podcast").glob(".bobine*"))


def test_a_server_of_the_bare_protocol_replaces_in_two_steps_and_it_is_said(
    own: Callable[..., SftpServer], tmp_path: Path
) -> None:
    server = own(lacks=PLAIN_SFTP)
    store = open_store(server.destination(path=""), tmp_path)
    store.check()
    assert any("d'un seul geste" in limit for limit in limits_of(store))
    key = "bobine/feed.xml"
    assert store.swap(key, b"one", "", "", None)
    first = store.fetch(key)
    assert first is not None
    assert store.swap(key, b"two", "", "", first.version)
    assert not store.swap(key, b"three", "", "", first.version)
    assert not store.swap(key, b"three", "", "", None)
    assert (server.folder / key).read_bytes() == b"two"
    assert sorted(path.name for path in server.folder.rglob("*")) == ["bobine", "feed.xml"]


def test_a_line_that_is_cut_goes_on_where_it_was(
    own: Callable[..., SftpServer], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "WAITS_S", (0.05, 0.05, 0.05))
    server = own()
    store = open_store(server.destination(), tmp_path)
    source = tmp_path / "sound.mp3"
    source.write_bytes(bytes(range(251)) * 20_000)
    file = stored_file(source, "bobine/audio/a-0123456789ab.mp3")
    server.before_write = lambda count: server.cut() if count == 100 else None
    told: list[int] = []
    store.put(file, source, "", told.append)
    assert (server.folder / "podcast" / file.key).read_bytes() == source.read_bytes()
    assert sum(told) == file.bytes
    assert server.bytes < file.bytes + (2 << 20)
    assert min(told) >= -(1 << 20) - (256 << 10)


def test_a_connection_that_is_closed_before_a_request_is_a_line_that_was_cut() -> None:
    site = SftpDestination(name="site", host="nulle-part", user="essai", public_url="http://127.0.0.1:1/")
    channel = paramiko.Channel(0)
    channel.closed = True
    with pytest.raises(LineCutError, match="ne répond plus"), told_in_french(site, "d'écrire « x »"):
        channel.send(b"x")


def test_a_publication_killed_in_the_middle_of_a_file_is_gone_on_with(
    own: Callable[..., SftpServer], tmp_path: Path
) -> None:
    server = own()
    source = tmp_path / "sound.mp3"
    source.write_bytes(bytes(range(251)) * 20_000)
    file = stored_file(source, "bobine/audio/a-0123456789ab.mp3")

    class Killed(BaseException):
        pass

    def kill(_count: int) -> None:
        if server.bytes > 3 << 20:
            raise Killed

    with pytest.raises(Killed):
        open_store(server.destination(), tmp_path).put(file, source, "", kill)
    store = open_store(server.destination(), tmp_path)
    assert store.head(file.key) is None
    assert store.listing("bobine/") == {}
    before = server.bytes
    store.put(file, source, "")
    assert server.bytes - before < file.bytes - (1 << 20)
    found = store.head(file.key)
    assert found is not None
    assert found.is_identical_to(file)
    assert (server.folder / "podcast" / file.key).read_bytes() == source.read_bytes()


def test_a_part_that_is_another_files_is_not_gone_on_with(own: Callable[..., SftpServer], tmp_path: Path) -> None:
    server = own()
    source = tmp_path / "sound.mp3"
    source.write_bytes(bytes(range(251)) * 9_000)
    file = stored_file(source, "bobine/audio/a-0123456789ab.mp3")
    whose = computer_of(state_folder())[:8]
    part = server.folder / "podcast/bobine/audio" / f".a-0123456789ab.mp3.{file.sha256[:12]}.{whose}.part"
    for content in (bytes(2_000_000), bytes(file.bytes + 5)):
        part.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(content)
        open_store(server.destination(), tmp_path).put(file, source, "")
        assert (server.folder / "podcast" / file.key).read_bytes() == source.read_bytes()
        assert not part.exists()


def test_a_file_changed_by_hand_is_not_taken_for_the_one_that_was_sent(
    own: Callable[..., SftpServer], tmp_path: Path
) -> None:
    server = own()
    store = open_store(server.destination(), tmp_path)
    source = tmp_path / "a.mp3"
    source.write_bytes(b"sound")
    file = stored_file(source, "bobine/audio/a-0123456789ab.mp3")
    store.put(file, source, "")
    (server.folder / "podcast" / file.key).write_bytes(b"other sound")
    found = store.head(file.key)
    assert found is not None
    assert not found.is_identical_to(file)
    store.delete(file.key)
    store.delete(file.key)
    assert list((server.folder / "podcast/bobine/audio").iterdir()) == []


def test_a_lock_left_by_a_kill_is_no_obstacle(own: Callable[..., SftpServer], tmp_path: Path) -> None:
    server = own()
    old = server.folder / "podcast" / LOCK / "another.x.0"
    old.mkdir(parents=True)
    os.utime(old, (1e9, 1e9))
    store = open_store(server.destination(), tmp_path)
    store.check()
    assert store.swap("bobine/feed.xml", b"one", "", "", None)
    assert not (server.folder / "podcast" / LOCK).exists()


def test_an_unknown_server_is_refused_with_its_fingerprint_and_what_to_write(
    own: Callable[..., SftpServer], tmp_path: Path
) -> None:
    server = own()
    known = tmp_path / "known_hosts"
    known.write_text("")
    with pytest.raises(PublishError) as caught:
        open_store(server.destination(fingerprint="", known_hosts=str(known)), tmp_path).check()
    said = str(caught.value)
    assert f'fingerprint = "{server.fingerprint}"' in said
    assert "[destinations.site]" in said
    assert known.read_text() == ""
    assert visible(server.folder) == {}
    key = server.key.export_public_key("openssh").decode().strip()
    known.write_text(f"[127.0.0.1]:{server.port} {key}\n")
    open_store(server.destination(fingerprint="", known_hosts=str(known)), tmp_path).check()


def test_a_server_with_another_key_is_refused(own: Callable[..., SftpServer], tmp_path: Path) -> None:
    server, other = own(), another_host_key()
    known = tmp_path / "known_hosts"
    known.write_text(f"[127.0.0.1]:{server.port} {other.export_public_key('openssh').decode()}")
    for destination in (
        server.destination(fingerprint=other.get_fingerprint()),
        server.destination(fingerprint="", known_hosts=str(known)),
    ):
        with pytest.raises(PublishError, match="n'a pas la clé attendue") as caught:
            open_store(destination, tmp_path).check()
        assert server.fingerprint in str(caught.value)
        assert other.get_fingerprint() in str(caught.value)
    assert visible(server.folder) == {}


def test_of_a_server_with_several_keys_the_one_that_is_known_is_asked_for(
    own: Callable[..., SftpServer], tmp_path: Path
) -> None:
    other = another_host_key("ecdsa-sha2-nistp256")
    server = own(more_keys=[other])
    known = tmp_path / "known_hosts"
    known.write_text(f"[127.0.0.1]:{server.port} {other.export_public_key('openssh').decode()}")
    for destination in (
        server.destination(),
        server.destination(fingerprint=other.get_fingerprint()),
        server.destination(fingerprint="", known_hosts=str(known)),
    ):
        open_store(destination, tmp_path).check()


@pytest.mark.parametrize("passphrase", [None, "phrase"])
def test_a_key_file_opens_the_door(own: Callable[..., SftpServer], tmp_path: Path, passphrase: str | None,
                                   monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    key = new_key_file(tmp_path / "id_podcast", passphrase)
    server = own(allowed=Path(f"{key}.pub"))
    monkeypatch.setenv("BOBINE_PHRASE", "phrase")
    destination = server.destination(key_file=str(key), password_variable="BOBINE_PHRASE" if passphrase else "")
    open_store(destination, tmp_path).check()
    stranger = new_key_file(tmp_path / "id_other")
    with pytest.raises(PublishError, match="refuse le compte « podcast » avec la clé"):
        open_store(server.destination(key_file=str(stranger), password_variable=""), tmp_path).check()
    if passphrase:
        with pytest.raises(PublishError, match="n'est pas une clé privée que l'on puisse ouvrir"):
            open_store(server.destination(key_file=str(key), password_variable=""), tmp_path).check()


def test_what_is_wrong_is_one_french_sentence_without_the_secret(
    own: Callable[..., SftpServer], public: WebdavServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = own()
    http_port = int(public.root.rstrip("/").rpartition(":")[2])
    table = [
        (server.destination(host="nulle-part.invalid"), "n'est pas trouvé"),
        (server.destination(port=9), "ne répond pas en SFTP sur le port 9"),
        (server.destination(port=http_port), "n'est pas un serveur SFTP"),
        (server.destination(user="autre"), "refuse le compte « autre » avec le mot de passe de la variable"),
        (server.destination(password_variable="BOBINE_ABSENTE"), "BOBINE_ABSENTE manque"),
        (server.destination(key_file=str(tmp_path / "absente")), "n'existe pas ; corrigez key_file"),
        (server.destination(fingerprint="", known_hosts=str(tmp_path / "absent")), "corrigez known_hosts"),
    ]
    for destination, words in table:
        with pytest.raises(PublishError) as caught:
            open_store(destination, tmp_path).check()
        assert words in str(caught.value)
        assert "\n" not in str(caught.value)
    monkeypatch.setenv(VARIABLE, "faux-mot-de-passe")
    with pytest.raises(PublishError, match="refuse le compte") as caught:
        open_store(server.destination(), tmp_path).check()
    assert "faux" not in str(caught.value)


def test_a_folder_that_may_not_be_written_is_told(own: Callable[..., SftpServer], tmp_path: Path) -> None:
    server = own()
    for error, words in ((SFTPPermissionDenied("no"), "accès refusé"), (SFTPFailure("No space left on device"),
                         "plus de place")):  # fmt: skip

        def refuse(_count: int, error: Exception = error) -> None:
            raise error

        server.before_write = refuse
        with pytest.raises(PublishError, match=words):
            open_store(server.destination(), tmp_path).check()
