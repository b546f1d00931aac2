"""What is said goes online as apps and people read it, moves with the sound, and leaves with what is withdrawn."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bobine.model.published.master import MasteredItem
from bobine.publish.check.public import check_bytes
from bobine.publish.transcripts.reading import Cue, cues_of
from bobine.publish.transcripts.writing import subrip, webvtt
from bobine.store.documents.episodes import read_episode
from bobine.store.records.manifests import read_manifest
from bobine.store.records.online import read_since_online
from bobine.store.workspace import open_workspace
from tests.conftest import Atelier, Evening
from tests.whole_way.feeds import feed_file

pytestmark = pytest.mark.slow

DAY = "2026-11-19"
HOSTILE = "<script>alert(1)</script> --> & fin"


@pytest.fixture
def atelier(evening: Evening, tmp_path: Path) -> Atelier:
    """An episode that is online, without a transcript."""
    atelier = evening.atelier.copy(tmp_path)
    atelier.run("publier", DAY)
    return atelier


def kept(atelier: Atelier) -> dict[str, MasteredItem]:
    return {item.id: item for item in read_manifest(atelier.episode / "master" / "manifest.toml").kept_items}


def said(atelier: Atelier) -> list[Cue]:
    """A sentence in the middle of each item."""
    found = []
    for item in kept(atelier).values():
        assert item.start_s is not None
        at = round(item.start_s + 0.6, 3)
        found.append(Cue(at, at + 1, "Voix <1>", f"Les mots de {item.id}. {HOSTILE}"))
    return found


def give(atelier: Atelier, folder: Path, content: bytes, name: str = "dite.vtt") -> dict[str, object]:
    (folder / name).write_bytes(content)
    return atelier.json("transcription", DAY, str(folder / name))


def changes(atelier: Atelier) -> tuple[str, ...]:
    workspace = open_workspace(atelier.root)
    episode = read_episode(workspace, workspace.shows[0], date.fromisoformat(DAY))
    found = read_since_online(workspace.folder(workspace.shows[0], episode.date), episode)
    assert found is not None
    return found.changes


def online(folder: Path) -> dict[str, bytes]:
    return {path.suffix: path.read_bytes() for path in (folder / "feed" / "demo" / "transcripts").iterdir()}


def test_it_goes_online_in_both_forms_with_its_page_and_its_tags(atelier: Atelier, tmp_path: Path) -> None:
    told = give(atelier, tmp_path, b"\xef\xbb\xbf" + subrip(said(atelier)).replace(b"\n", b"\r\n"), "dite.SRT")
    assert told["cues"] == len(kept(atelier))
    assert told["replaced"] is None
    assert changes(atelier) == ("transcription",)
    changed = atelier.json("corriger", DAY, "--motif", "la transcription")["changed"]
    assert changes(atelier) == ()
    assert not [key for key in changed if "/audio/" in key]
    give(atelier, tmp_path, webvtt(said(atelier)))
    atelier.json("corriger", DAY, "--motif", "les voix", "--maintenant")
    files = online(tmp_path)
    assert cues_of(files[".vtt"]) == said(atelier)
    assert [cue.start_s for cue in cues_of(files[".srt"])] == [cue.start_s for cue in said(atelier)]
    feed = feed_file(tmp_path / "feed").read_text("utf-8")
    tags = [line for line in feed.splitlines() if "<podcast:transcript" in line]
    assert [('type="text/vtt"' in tag, 'type="application/x-subrip"' in tag) for tag in tags] == [
        (True, False),
        (False, True),
    ]
    assert all('language="fr"' in tag for tag in tags)
    assert not [one for one in check_bytes(feed.encode(), datetime.now(UTC)) if "transcript" in one.rule]
    page = (tmp_path / "feed" / "demo" / DAY / "transcription.html").read_text("utf-8")
    assert "Les mots de portrait. &lt;script&gt;alert(1)&lt;/script&gt; --&gt; &amp; fin" in page
    assert "Voix &lt;1&gt;" in page
    assert atelier.json("publier", DAY)["uploaded"] == []
    assert atelier.json("transcription", DAY, "--retirer") == {"episode": f"demo/{DAY}", "removed": True}
    atelier.json("corriger", DAY, "--motif", "plus de transcription", "--maintenant")
    assert online(tmp_path) == {}
    assert "podcast:transcript" not in feed_file(tmp_path / "feed").read_text("utf-8")
    assert "mots de portrait" not in (tmp_path / "feed" / "demo" / DAY / "transcription.html").read_text("utf-8")


def test_the_words_of_a_withdrawn_item_leave_and_the_others_move_up(atelier: Atelier, tmp_path: Path) -> None:
    give(atelier, tmp_path, webvtt(said(atelier)))
    (tmp_path / "dite.vtt").unlink()
    atelier.json("corriger", DAY, "--motif", "la transcription")
    assert b"mots de portrait" in online(tmp_path)[".vtt"]
    atelier.json("retirer", DAY, "--element", "portrait", "--motif", "accord retiré", "--maintenant")
    for folder in (tmp_path / "feed", atelier.root):
        assert not [path for path in folder.rglob("*") if path.is_file() and b"mots de portrait" in path.read_bytes()]
    expected = {cue.text: cue.start_s for cue in said(atelier)}
    assert len(expected) > 10
    for suffix in (".vtt", ".srt"):
        found = {cue.text.removeprefix("Voix <1>: "): cue.start_s for cue in cues_of(online(tmp_path)[suffix])}
        assert found == pytest.approx(expected, abs=0.1)
    assert "donnez celle du nouveau son" in atelier.run("retirer", DAY, "--element", "portrait", "--rendre").stdout


def test_a_cut_takes_its_words_along(atelier: Atelier, tmp_path: Path) -> None:
    start_s = kept(atelier)["portrait"].start_s
    assert start_s is not None
    give(atelier, tmp_path, webvtt([*said(atelier), Cue(start_s + 9, start_s + 10, "", "une toux")]))
    atelier.json("couper", DAY, "portrait", "8", "12")
    assert "Remontez" in atelier.run("transcription", DAY).stdout
    atelier.json("monter", DAY)
    atelier.json("publier", DAY)
    found = {cue.text: cue.start_s for cue in cues_of(online(tmp_path)[".vtt"])}
    assert "une toux" not in found
    assert found == pytest.approx({cue.text: cue.start_s for cue in said(atelier)}, abs=0.1)
    assert atelier.json("transcription", DAY)["heard"] == len(found)
