"""``publier --a-la-fin``: from the recording to what the public hears, whatever is in the way."""

from __future__ import annotations

import contextlib
import re
import threading
import time
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from bobine import ffmpeg, ffmpeg_input
from bobine.evening.ending import audible, sending_ahead
from bobine.evening.ending.audible import listen_as_public
from bobine.evening.publishing import publish_episode
from bobine.model.published.release import StoredFile
from bobine.publish.destinations.opening import open_store
from bobine.publish.tags import Tags, tag_mp3, untagged
from bobine.store.documents.episodes import read_episode
from bobine.store.workspace import open_workspace
from tests.conftest import Atelier, Evening
from tests.publish.destinations.weak_line import weak_line
from tests.publish.seaweed import ACCESS_KEY, SECRET_KEY, SeaweedFS

pytestmark = pytest.mark.slow

DAY = "2026-11-19"
AFTER = datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.fixture
def atelier(evening: Evening, tmp_path: Path) -> Atelier:
    return evening.atelier.copy(tmp_path)


def with_bucket(atelier: Atelier, seaweed: SeaweedFS, endpoint: str) -> dict[str, str]:
    """Describe a bucket as a destination; gives the environment that has its key."""
    made = seaweed.destination()
    with (atelier.root / "shows.toml").open("a", encoding="utf-8") as stream:
        stream.write(
            f'\n[destinations.association]\nkind = "bucket"\nbucket = "{made.bucket}"\nprefix = "{made.prefix}"\n'
            f'endpoint = "{endpoint}"\npublic_url = "{made.public_url}"\n'
        )
    return {"AWS_ACCESS_KEY_ID": ACCESS_KEY, "AWS_SECRET_ACCESS_KEY": SECRET_KEY}


def test_a_recording_that_is_there_is_online_and_audible_at_once(atelier: Atelier) -> None:
    said = atelier.json("publier", DAY, "--a-la-fin")
    assert said["audible"] is True
    assert 0 < said["seconds"] < 600
    assert {"feed_url", "enclosure_url", "uploaded"} <= said.keys()


def test_a_network_that_is_away_is_waited_for(atelier: Atelier, seaweed: SeaweedFS) -> None:
    with weak_line(seaweed.endpoint, 1e8) as line:
        line.is_down = True
        keys = with_bucket(atelier, seaweed, line.endpoint)
        process = atelier.start("publier", DAY, "--a-la-fin", "--vers", "association", env=keys)
        assert process.stdout is not None
        while "Nouvel essai dans" not in (said := process.stdout.readline()):
            assert said, process.communicate()
        line.is_down = False
        out, err = process.communicate()
    assert process.returncode == 0, out + err
    assert "En ligne et audible" in out


def test_a_key_that_is_refused_is_said_at_once_and_the_next_run_finishes(atelier: Atelier, seaweed: SeaweedFS) -> None:
    keys = with_bucket(atelier, seaweed, seaweed.endpoint)
    expired = {**keys, "AWS_SECRET_ACCESS_KEY": "ancienne"}
    refused = atelier.run("publier", DAY, "--a-la-fin", "--vers", "association", env=expired, code=1)
    assert "clé" in refused.stderr + refused.stdout
    assert "Nouvel essai" not in refused.stdout
    assert atelier.json("publier", DAY, "--a-la-fin", "--vers", "association", env=keys)["audible"] is True


def test_rights_that_are_not_known_are_refused_with_who_and_what(atelier: Atelier) -> None:
    plan = atelier.episode / "episode.toml"
    text = plan.read_text(encoding="utf-8")
    unknown, count = re.subn(r"(?m)^podcast = .*\n", "", text)
    assert count
    plan.write_text(unknown, encoding="utf-8")
    refused = atelier.run("publier", DAY, "--a-la-fin", code=1)
    assert "ne peut pas être monté" in refused.stderr
    assert not list((atelier.root.parent / "feed").rglob("*.mp3"))


def test_what_the_public_gets_is_heard_and_not_believed(
    atelier: Atelier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audible, "WAITS_S", ())
    workspace = open_workspace(atelier.root)
    show, day = workspace.resolve(DAY, AFTER.date())
    episode, folder = read_episode(workspace, show, day), workspace.folder(show, day)
    destination = workspace.destination("local")
    published = publish_episode(workspace, show, episode, destination, AFTER)
    served = Path(open_store(destination, workspace.root).location(published.release.audio[0].file.key))
    whole = served.read_bytes()

    def heard() -> str:
        return listen_as_public(workspace, destination, folder, published).fault

    assert heard() == ""
    tag_mp3(served, Tags(title="Autre", show="", author="", date=day, season=1, number=1, language="fr", duration_s=1))
    assert heard() == "", "a host may change the tags"
    served.write_bytes(whole[: len(whole) // 2])
    assert "n'est pas ce montage" in heard()
    served.write_bytes(b"<html>Connexion</html>")
    assert "ne se décode pas" in heard()
    served.unlink()
    assert "lu" in heard()


@pytest.mark.parametrize("form", ["mp3", "opus"])
def test_a_long_sound_is_heard_by_halves_to_its_end(tmp_path: Path, form: str) -> None:
    length_s = 90.0
    path = tmp_path / f"long.{form}"
    noise = ffmpeg_input.as_arguments(ffmpeg_input.of_device("lavfi"), f"anoisesrc=r=48000:d={length_s}")
    ffmpeg.run([*noise, "-b:a", "64k", "-ac", "2", ffmpeg.local_file(path)])
    assert audible._is_heard_whole(path, length_s)
    for wrong in (-0.5, 0.5, 30.0, -30.0):
        assert not audible._is_heard_whole(path, length_s + wrong)
    content = path.read_bytes()
    for kept in (0.3, 0.6, 0.97):
        path.write_bytes(content[: round(len(content) * kept)])
        assert not audible._is_heard_whole(path, length_s), kept


def test_a_public_address_is_fetched_within_bounds(tmp_path: Path) -> None:
    class Endless(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(404 if self.path == "/absent" else 200)
            self.end_headers()
            with contextlib.suppress(OSError):
                for _ in range(1000):
                    self.wfile.write(bytes(1 << 20))

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Endless)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    file = StoredFile(key="a.mp3", media_type="audio/mpeg", bytes=100_000, sha256="", integrity="")
    root = f"http://127.0.0.1:{server.server_port}"
    try:
        assert audible._fetch(f"{root}/endless", file, tmp_path / "served") == ""
        assert (tmp_path / "served").stat().st_size < 4 << 20
        assert audible._fetch(f"{root}/absent", file, tmp_path / "served") == "elle répond 404"
    finally:
        server.shutdown()
        server.server_close()
    assert audible._fetch(f"{root}/nobody", file, tmp_path / "served")
    assert audible._fetch("file:///etc/passwd", file, tmp_path / "served")


def test_the_sound_goes_up_while_it_grows_and_the_release_finishes_it(
    atelier: Atelier, seaweed: SeaweedFS, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = with_bucket(atelier, seaweed, seaweed.endpoint)
    for name, value in keys.items():
        monkeypatch.setenv(name, value)
    shows = atelier.root / "shows.toml"
    text = shows.read_text(encoding="utf-8") + "upload_ahead_kbps = 1000000\n[shows.demo.sound]\nmp3_kbps = 320\n"
    shows.write_text(text.replace("[shows.demo.podcast]", '[shows.demo.podcast]\ndestination = "association"'))
    atelier.json("monter", DAY)
    workspace = open_workspace(atelier.root)
    show, day = workspace.resolve(DAY, AFTER.date())
    destination = sending_ahead.ahead_destination(workspace, show)
    assert destination is not None
    sound = untagged((atelier.episode / "master" / "podcast.mp3").read_bytes())
    growing = tmp_path / "growing.mp3"
    sending = sending_ahead.SendingAhead(workspace, show, day, destination, growing)
    for share in (0.4, 0.7, 0.9):
        known = len(sound) * share
        growing.with_suffix(".tmp").write_bytes(sound[: int(known)])
        growing.with_suffix(".tmp").replace(growing)
        sending.look()
    deadline = time.monotonic() + 60
    while sending.sent < known - (1 << 20):
        assert time.monotonic() < deadline, sending.told
        time.sleep(0.02)
    sending.end(10)
    assert sending.told == ""
    with weak_line(seaweed.endpoint, 1e9) as line:
        shows.write_text(shows.read_text(encoding="utf-8").replace(f'"{seaweed.endpoint}"', f'"{line.endpoint}"'))
        said = atelier.json("publier", DAY, "--a-la-fin", env=keys)
        opus = (atelier.episode / "master" / "podcast.opus").stat().st_size
        assert line.sent < opus + 0.4 * len(sound)
    assert said["audible"] is True
