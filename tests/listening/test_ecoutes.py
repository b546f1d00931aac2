"""The command, on what real servers log of real requests."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bobine.cli import main
from bobine.model.published.listening import LeftOut
from bobine.model.published.release import LocalRelease, ReleaseStatus
from bobine.store.records.releases import write_release
from tests.listening.conftest import SLUG, Listening
from tests.listening.logs import FIREFOX, path, request
from tests.listening.servers import ask, binary, running
from tests.publish.feed.test_serials import heard
from tests.publish.samples import FEED, release

GPODDER = "gPodder/3.11.4 (http://gpodder.org/) Linux"
CURL = "curl/8.5.0"
SOUND_BYTES = 128 * 125 * 180


def told(capsys: pytest.CaptureFixture[str], listening: Listening, *arguments: str, code: int = 0) -> str:
    capsys.readouterr()
    assert main(["--atelier", str(listening.workspace.root), "ecoutes", *arguments]) == code
    return capsys.readouterr().out


def result(capsys: pytest.CaptureFixture[str], listening: Listening, *arguments: str) -> dict[str, Any]:
    found = json.loads(told(capsys, listening, *arguments, "--json"))
    assert isinstance(found, dict)
    return found


def put_online(listening: Listening, root: Path) -> None:
    """An episode of three minutes, where a server finds it."""
    whole = release()
    key = path().removeprefix("/")
    main_file = replace(whole.audio[0].file, key=key, bytes=SOUND_BYTES)
    short = replace(whole, audio=(replace(whole.audio[0], file=main_file),), duration_s=180)
    one = LocalRelease(destination="local", feed_url=FEED, status=ReleaseStatus.ONLINE, release=short)
    write_release(listening.workspace.folder(SLUG, whole.date).release, one)
    (root / key).parent.mkdir(parents=True)
    (root / key).write_bytes(bytes(SOUND_BYTES))


def listen(port: int) -> None:
    """Listeners as they are: a whole download, a player that asks for ranges, one who leaves, a robot, a check."""
    assert ask(port, path(), GPODDER) == 200
    assert ask(port, path(), FIREFOX, Range="bytes=0-1") == 206
    for start in (800_000, 400_000, 0):
        assert ask(port, path(), FIREFOX, Range=f"bytes={start}-{start + 399_999}") == 206
    assert ask(port, path(), "AntennaPod/3.5.0", Range="bytes=0-99999") == 206
    assert ask(port, path(), "VLC/3.0.20 LibVLC/3.0.20", Range="bytes=0-1") == 206
    assert ask(port, path(), GPODDER, method="HEAD") == 200
    assert ask(port, path(), CURL) == 200
    assert ask(port, f"{path()}x", GPODDER) == 404
    assert ask(port, path("2020-01-01"), GPODDER) == 404
    assert ask(port, "/", "x") in (403, 404)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("server", "logs"), [("caddy", ("caddy.log",)), ("nginx", ("nginx-combined.log", "nginx-json.log"))]
)
def test_real_requests_to_a_real_server(
    listening: Listening, tmp_path: Path, capsys: pytest.CaptureFixture[str], server: str, logs: tuple[str, ...]
) -> None:
    if server == "nginx" and binary(server) is None:
        pytest.skip("nginx is not on this machine; its lines are in the other tests")
    put_online(listening, tmp_path / "www")
    with running(server, tmp_path / "www", listening.folder) as port:
        listen(port)
    for name in logs:
        found = result(capsys, listening, str(listening.folder / name))
        (show,) = found["shows"]
        assert show["downloads"] == 2
        assert show["episodes"] == [
            {"reference": f"{SLUG}/2026-11-26", "title": release().title, "downloads": 2},
        ]
        assert show["apps"] == [{"app": "autres applications", "downloads": 2}]
        assert show["left_out"] == {"bot": 1, "partial": 2, "repeated": 3, "method": 1, "unknown_sound": 2}
        assert found["read"]["broken"] == 0
        assert not found["read"]["foreign"]
        assert result(capsys, listening, str(listening.folder / name))["shows"] == [show]
        listening.file.unlink()
        inside = result(capsys, listening, str(listening.folder / name), "--sauf", "127.0.0.0/8")
        assert inside["shows"][0]["downloads"] == 0
        listening.file.unlink()


def test_the_tables(listening: Listening, capsys: pytest.CaptureFixture[str]) -> None:
    agents = ["AntennaPod/3.5.0"] * 3 + ["Castro 2021"] + ["\x1b]0;pwned\x07"] + ["Googlebot/2.1"]
    requests = [request(agent=agent, address=f"192.0.2.{place}") for place, agent in enumerate(agents)]
    log = listening.log("access.log", [*requests, "n'importe quoi"])
    shown = told(capsys, listening, str(log))
    assert "5 téléchargements" in shown
    assert release().title in shown
    assert "vendredi 27 novembre 2026" in shown
    for line in (("AntennaPod", "3"), ("autres applications", "2"), ("robots", "1")):
        assert any(line[0] in row and row.rstrip().endswith(line[1]) for row in shown.splitlines()), line
    assert "IAB" in shown
    assert "Personne n'est suivi" in shown
    assert "Castro" not in shown
    assert "\x1b" not in shown
    again = told(capsys, listening, str(log))
    assert "déjà comptées" in again
    assert "5 téléchargements" in told(capsys, listening)


def test_a_chronique_s_feed_has_its_own_table(listening: Listening, capsys: pytest.CaptureFixture[str]) -> None:
    one = LocalRelease(destination="local", feed_url=FEED, status=ReleaseStatus.ONLINE, release=heard(0))
    write_release(listening.workspace.folder(SLUG, one.release.date).release, one)
    sound = one.release.instalments[0].audio.file
    log = listening.log("access.log", [request(path=f"/{sound.key}", sent=sound.bytes)])
    (show,) = result(capsys, listening, str(log))["shows"]
    assert (show["downloads"], show["episodes"]) == (1, [])
    assert show["instalments"] == [
        {"reference": f"{SLUG}/2026-11-26", "item": "pedro", "title": "Le procès, 0", "downloads": 1}
    ]
    shown = told(capsys, listening)
    assert "Par épisode de chronique" in shown
    assert "2026-11-26 Le procès, 0" in shown


def test_what_was_left_out_is_said(listening: Listening, capsys: pytest.CaptureFixture[str]) -> None:
    log = listening.log("access.log", [f"?? {path()}", "x" * 100_000])
    shown = told(capsys, listening, str(log), str(listening.folder / "absent"))
    assert "1 ligne laissée de côté, illisible" in shown
    assert "aucun format connu" in shown
    assert "absent" in shown
    assert "Rien n'est compté" in shown


def test_a_network_that_is_none(listening: Listening, capsys: pytest.CaptureFixture[str]) -> None:
    log = listening.log("access.log", [request()])
    told(capsys, listening, str(log), "--sauf", "chez-moi", code=1)
    assert not listening.file.exists()


def test_every_reason_has_its_words() -> None:
    from bobine.publish.listening.words import LEFT_OUT

    assert LEFT_OUT.keys() == set(LeftOut)
