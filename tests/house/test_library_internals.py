"""What is reached into of libraries, past what they promise: each has one module, and a change there is told here."""

from __future__ import annotations

import argparse
import gc
import inspect
import re
import socket
import weakref
from pathlib import Path

import pytest
import rich._wrap
from feedgen.feed import FeedGenerator
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape
from mutagen import id3
from textual._styles_cache import StylesCache
from textual.color import Color

from bobine import usage
from bobine.model.destination import BucketDestination
from bobine.publish.destinations.s3.client import Clients, Line
from bobine.publish.feed.namespaces import new_channel
from bobine.publish.feed.tags import ChannelTags, ImageTag
from bobine.publish.pages.templating import environment
from bobine.tui.memory import forget_closed_widgets
from tests.conftest import ROOT

MODULES = {
    r"argparse\._ = |self\._subparsers": "bobine/usage.py",
    r"_FeedGenerator__\w+": "bobine/publish/feed/namespaces.py",
    r"def _write\(self, config|super\(\)\._write\(": "bobine/publish/tags.py",
    r"rich\._wrap": "bobine/wrapping.py",
    r"sftp\._request": "bobine/publish/destinations/sftp/copying.py",
    r"\._socket_options": "bobine/publish/destinations/s3/client.py",
    r"get_inner_outer": "bobine/tui/memory.py",
    r"_output_child_pre": "bobine/publish/pages/templating.py",
}


@pytest.mark.parametrize(("reach", "module"), MODULES.items())
def test_one_module_reaches_in(reach: str, module: str) -> None:
    found = [path for path in sorted((ROOT / "bobine").rglob("*.py")) if re.search(reach, path.read_text("utf-8"))]
    assert found == [ROOT / module]


@pytest.mark.parametrize("sentence", usage._SENTENCES)
def test_argparse_still_says_what_is_put_into_french(sentence: str) -> None:
    assert callable(vars(argparse)["_"])
    assert sentence.encode("unicode_escape").decode() in inspect.getsource(argparse)


def test_argparse_still_knows_whether_a_parser_has_commands() -> None:
    parser = argparse.ArgumentParser()
    assert vars(parser)["_subparsers"] is None
    commands = parser.add_subparsers()
    assert vars(parser)["_subparsers"] is not None
    assert type(commands) is argparse._SubParsersAction


def test_feedgen_still_keeps_its_date_where_it_is_taken_away() -> None:
    assert vars(FeedGenerator())["_FeedGenerator__rss_lastBuildDate"] is not None
    channel = new_channel(
        ChannelTags(
            guid="g", locked=False, image=ImageTag(url="https://exemple.org/a.jpg", media_type="image/jpeg", alt="a")
        )
    )
    channel.title("t")
    channel.link(href="https://exemple.org/")
    channel.description("d")
    assert b"lastBuildDate" not in channel.rss_str()


def test_mutagen_still_writes_the_frames_in_one_place(tmp_path: Path) -> None:
    asked: list[object] = []

    class Watched(id3.ID3):
        def _write(self, config: object) -> bytearray:
            asked.append(config)
            written = super()._write(config)  # type: ignore[no-untyped-call]
            assert bytes(written[:4]) == b"TIT2"
            assert len(written) == 10 + int.from_bytes(written[4:8])
            return bytearray(written)

    tag = Watched()  # type: ignore[no-untyped-call]
    tag.add(id3.TIT2(encoding=1, text=["Bobine"]))  # type: ignore[no-untyped-call]
    path = tmp_path / "a.mp3"
    path.write_bytes(b"")
    tag.save(path, v1=0, v2_version=3)
    assert len(asked) == 1
    assert id3.ID3(path)["TIT2"].text == ["Bobine"]


@given(st.one_of(st.text(), st.integers(), st.none(), st.booleans(), st.text().map(Markup)))
def test_jinja2_still_has_values_escaped_where_that_is_faster_and_to_the_same_text(value: object) -> None:
    pages = environment()
    assert "environment.put(" in str(pages.compile("<p>{{ value }}</p>", raw=True))
    assert pages.from_string("<p>{{ value }}</p>").render(value=value) == f"<p>{escape(value)}</p>"


def test_rich_still_looks_for_words_in_one_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rich._wrap, "re_word", re.compile("ab"))
    assert [word for _, _, word in rich._wrap.words("ababab")] == ["ab", "ab", "ab"]


def test_textual_still_keeps_a_closed_widgets_lines_until_it_is_told_to_forget_them() -> None:
    lines = StylesCache()
    lines.get_inner_outer(Color(0, 0, 0), Color(9, 9, 9))
    watched = weakref.ref(lines)
    del lines
    gc.collect()
    assert watched() is not None
    forget_closed_widgets()
    assert watched() is None


def test_botocore_still_opens_its_connections_with_the_options_that_are_added() -> None:
    client = Clients(BucketDestination(name="a", bucket="b", public_url="https://a.example/"), Line(), "path").sending
    assert (socket.SOL_SOCKET, socket.SO_SNDBUF) in {
        option[:2] for option in vars(vars(client)["_endpoint"].http_session)["_socket_options"]
    }
    manager = vars(vars(client)["_endpoint"].http_session)["_manager"]
    pool = manager.connection_from_url("https://a.example/")
    assert (socket.SOL_SOCKET, socket.SO_SNDBUF) in {option[:2] for option in pool.conn_kw["socket_options"]}
