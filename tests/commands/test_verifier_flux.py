"""``bobine verifier --flux``: a file, an address, or what each show has at its destination."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from bobine import cli
from tests.conftest import ATELIER
from tests.publish.check.site import serving

GOOD = Path(__file__).parent.parent / "publish" / "check" / "good" / "minimal.xml"
FAULT = (b"<itunes:explicit>false", b"<itunes:explicit>no")


@pytest.fixture
def atelier(tmp_path: Path) -> Path:
    shutil.copy(ATELIER / "shows.toml", tmp_path)
    return tmp_path


def said(capsys: pytest.CaptureFixture[str], *arguments: str, code: int) -> str:
    """What a command prints, with ordinary spaces."""
    assert cli.main(arguments) == code
    return capsys.readouterr().out.replace("\u00a0", " ")


def found(capsys: pytest.CaptureFixture[str], *arguments: str, code: int) -> dict[str, Any]:
    answer = json.loads(said(capsys, "verifier", "--json", "--flux", *arguments, code=code))
    assert isinstance(answer, dict)
    return answer


def bad(to: Path) -> Path:
    to.write_bytes(GOOD.read_bytes().replace(*FAULT, 1))
    return to


def test_a_good_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert "rien à redire" in said(capsys, "verifier", "--flux", str(GOOD), code=0)
    assert found(capsys, str(GOOD), code=0) == {"ok": True, "findings": []}


def test_a_fault_is_told_with_its_rule(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = bad(tmp_path / "flux.xml")
    out = said(capsys, "vérifier", "--flux", str(file), code=1)
    assert "1 erreur." in out
    assert "✗ erreur : itunes:explicit vaut « no » : écrivez « true »" in out
    assert "[psp1/explicit-value]" in out
    answer = found(capsys, str(file), code=1)
    assert answer["ok"] is False
    (finding,) = answer["findings"]
    assert finding.keys() == {"rule", "severity", "where", "text"}
    assert (finding["rule"], finding["severity"], finding["where"]) == ("psp1/explicit-value", "error", "ligne 13")


def test_an_advice_alone_is_no_failure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "flux.xml"
    file.write_bytes(GOOD.read_bytes().replace(b"<itunes:author>Radio Exemple</itunes:author>", b""))
    assert "1 conseil." in said(capsys, "verifier", "--flux", str(file), code=0)
    assert found(capsys, str(file), code=0)["ok"] is True


@pytest.mark.parametrize("source", ["absent.xml", "ftp://radio.example/flux.xml", "."])
def test_no_such_feed(source: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["verifier", "--flux", source]) == 1
    assert source in capsys.readouterr().err


def test_an_address_is_asked(capsys: pytest.CaptureFixture[str]) -> None:
    with serving() as site:
        assert found(capsys, f"{site.address}feed.xml", code=0)["ok"] is True
        site.spoil = lambda _, path, __: (403, {}, b"") if path == "/a.mp3" else None
        answer = found(capsys, f"{site.address}feed.xml", code=1)
    assert [finding["rule"] for finding in answer["findings"]] == ["http/enclosure-status"]


def test_the_feeds_of_the_workspace(atelier: Path, capsys: pytest.CaptureFixture[str]) -> None:
    here = ("--atelier", str(atelier), "verifier", "--json", "--flux")
    assert cli.main(here) == 1
    assert "publiez un épisode d'abord" in capsys.readouterr().err
    folder = atelier / "feed" / "bobine-romanaise"
    folder.mkdir(parents=True)
    own = GOOD.read_bytes().replace(
        b"https://radio.example/courts/flux.xml", b"http://localhost:8470/bobine-romanaise/feed.xml"
    )
    (folder / "feed.xml").write_bytes(own)
    assert cli.main(here) == 0
    assert json.loads(capsys.readouterr().out) == {"ok": True, "findings": []}
    (folder / "feed.xml").write_bytes(GOOD.read_bytes())
    assert cli.main(here) == 0
    (finding,) = json.loads(capsys.readouterr().out)["findings"]
    assert finding["rule"] == "psp1/self-link-address"


def test_text_from_a_feed_does_not_command_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "flux.xml"
    title = "[bold]x[/bold]\x9b31m\u202e".encode()
    file.write_bytes(bad(file).read_bytes().replace(b"<title>La clef", b"<title>\xc2\x85" + title))
    out = said(capsys, "verifier", "--flux", str(file), code=1)
    assert "[bold]" in out
    assert not {"\x9b", "\x85", "\u202e", "\x1b"} & set(out)
