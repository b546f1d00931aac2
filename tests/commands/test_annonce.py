"""``annonce``: an episode that is online is told in three forms; what is not, or is no longer, is not."""

from __future__ import annotations

import dataclasses
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from bobine.cli import main
from bobine.model.published.release import LocalRelease, Release, ReleaseStatus, Withdrawal
from bobine.store.records.releases import write_release
from tests.conftest import ATELIER
from tests.publish.pages.pages_samples import told

DAY = "2026-11-26"
EPISODE = Path("episodes/bobine-romanaise") / DAY


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copyfile(ATELIER / "shows.toml", tmp_path / "shows.toml")
    shutil.copytree(ATELIER / EPISODE, tmp_path / EPISODE, ignore=shutil.ignore_patterns("recording", "master"))
    (tmp_path / EPISODE / "release.toml").unlink(missing_ok=True)
    return tmp_path


def put_online(root: Path, release: Release, status: ReleaseStatus = ReleaseStatus.ONLINE) -> None:
    local = LocalRelease(
        destination="local", feed_url="http://localhost:8470/bobine-romanaise/feed.xml", status=status, release=release
    )
    write_release(root / EPISODE / "release.toml", local)


def announce(root: Path, *switches: str, code: int = 0) -> None:
    assert main(["--atelier", str(root), "annonce", DAY, *switches]) == code


def test_three_forms(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put_online(root, told())
    announce(root, "--json")
    said: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert said.keys() == {"page", "image", "text", "html", "short"}
    assert said["page"].endswith(f"/bobine-romanaise/{DAY}/index.html")
    for switch, form in (("--texte", "text"), ("--html", "html"), ("--court", "short")):
        announce(root, switch)
        assert capsys.readouterr().out == said[form]
    announce(root)
    assert capsys.readouterr().out == said["text"]


def test_what_is_not_online_is_not_announced(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    announce(root, code=1)
    assert "n'est pas en ligne" in capsys.readouterr().err
    put_online(root, told(), ReleaseStatus.PENDING)
    announce(root, code=1)
    put_online(root, dataclasses.replace(told(), withdrawn=Withdrawal(at=told().updated)))
    capsys.readouterr()
    announce(root, code=1)
    assert "a été retiré" in capsys.readouterr().err
