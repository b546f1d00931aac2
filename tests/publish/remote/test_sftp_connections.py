"""Connections to an SFTP server: hosts count them, so that none outlives its use."""

from __future__ import annotations

import threading
from pathlib import Path

import paramiko
import pytest

from bobine.publish.destinations.opening import open_store
from tests.publish.servers import SftpServer

pytestmark = pytest.mark.integration


def test_who_is_done_with_a_place_leaves_no_connection(tmp_path: Path) -> None:
    server = SftpServer(tmp_path / "server")
    before = set(threading.enumerate())
    store = open_store(server.destination(path=""), tmp_path)
    assert store.listing("bobine/") == {}
    (connection,) = (one for one in threading.enumerate() if isinstance(one, paramiko.Transport) and one not in before)
    del store
    connection.join(10)
    assert not connection.is_alive()
    server.stop()
