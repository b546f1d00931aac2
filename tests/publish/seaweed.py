"""A real S3 server for the tests: SeaweedFS, from PyPI, on free ports of the loopback."""

from __future__ import annotations

import functools
import http.client
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from bobine.model.destination import BucketDestination

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

ACCESS_KEY = "CLE-DU-PUBLIEUR"
SECRET_KEY = "mot-de-passe-du-publieur"
BUCKET = "radio"
MISSING_BUCKET = "jamais-cree"
"""The publisher may use it, but nobody made it."""

OPEN_BUCKET = "sans-serrure"
"""Anybody may write here: for proxies that change requests, which breaks their signature."""

_PUBLISHERS = (BUCKET, MISSING_BUCKET, OPEN_BUCKET)
_ADMIN = ("CLE-ADMIN", "mot-de-passe-admin")


def weed_binary() -> str | None:
    beside = Path(sys.executable).with_name("weed")
    return str(beside) if beside.exists() else shutil.which("weed")


def client_of(endpoint: str) -> S3Client:
    """A client with the keys that the environment holds now: boto3's default session keeps those it first met."""
    return boto3.Session().client("s3", endpoint_url=endpoint, region_name="us-east-1")


class SeaweedFS:
    """One server; its data outlive a kill."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self._ports = dict(zip(("s3", "master", "volume", "filer"), _free_ports(4), strict=True))
        (folder / "data").mkdir(parents=True)
        (folder / "s3.json").write_text(json.dumps(_identities()))

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self._ports['s3']}"

    def destination(self, **changes: Any) -> BucketDestination:
        """A destination of its own in the bucket, under a prefix that nobody else uses."""
        prefix = changes.pop("prefix", f"{secrets.token_hex(6)}/")
        bucket = changes.pop("bucket", BUCKET)
        values = {
            "name": "association",
            "bucket": bucket,
            "prefix": prefix,
            "endpoint": self.endpoint,
            "public_url": f"{self.endpoint}/{bucket}/{prefix}",
        }
        return BucketDestination(**{**values, **changes})

    def copied(self, filled: BucketDestination, **changes: Any) -> BucketDestination:
        """A destination of its own in ``OPEN_BUCKET``, with what is under another's prefix there."""
        assert filled.bucket == OPEN_BUCKET
        found = self.destination(bucket=OPEN_BUCKET, **changes)
        pages = self.admin.get_paginator("list_objects_v2").paginate(Bucket=OPEN_BUCKET, Prefix=filled.prefix)
        # plain requests: boto3 works for each longer than the server does
        line = http.client.HTTPConnection(urlsplit(self.endpoint).netloc)
        for one in (one for page in pages for one in page["Contents"]):
            key = found.prefix + one["Key"].removeprefix(filled.prefix)
            source = {"x-amz-copy-source": quote(f"{OPEN_BUCKET}/{one['Key']}")}
            line.request("PUT", quote(f"/{OPEN_BUCKET}/{key}"), headers=source)
            answer = line.getresponse()
            assert b"CopyObjectResult" in answer.read(), answer.status
        line.close()
        return found

    def start(self) -> None:
        binary = weed_binary()
        assert binary is not None
        options = [
            f"-dir={self._folder / 'data'}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-master.telemetry=false",
            "-webdav=false", "-admin.ui=false", f"-s3.port={self._ports['s3']}", "-s3.port.iceberg=0",
            "-s3.port.lance=0", "-s3.autoCreateBucket=false", f"-s3.config={self._folder / 's3.json'}",
            f"-master.port={self._ports['master']}", f"-volume.port={self._ports['volume']}",
            f"-filer.port={self._ports['filer']}",
        ]  # fmt: skip
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [binary, "-logtostderr=true", "mini", *options], stdout=log, stderr=log, cwd=self._folder
            )
        self._wait_until_ready()

    def kill(self) -> None:
        """The power cut."""
        if self._process is not None:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait()
            self._process = None

    @functools.cached_property
    def admin(self) -> S3Client:
        """Who may see and change all of it."""
        return boto3.client(
            "s3",
            endpoint_url=self.endpoint,
            region_name="us-east-1",
            aws_access_key_id=_ADMIN[0],
            aws_secret_access_key=_ADMIN[1],
            config=Config(retries={"total_max_attempts": 1}, connect_timeout=2, read_timeout=5),
        )

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + 60
        while True:
            try:
                existing = {bucket["Name"] for bucket in self.admin.list_buckets()["Buckets"]}
                for bucket in {BUCKET, OPEN_BUCKET} - existing:
                    self.admin.create_bucket(Bucket=bucket)
                for bucket in (BUCKET, OPEN_BUCKET):
                    self.admin.put_object(Bucket=bucket, Key="ready", Body=b"yes")
            except (BotoCoreError, ClientError):
                assert self._process is not None
                if self._process.poll() is not None or time.monotonic() > deadline:
                    raise
                time.sleep(0.1)
            else:
                return


def _identities() -> dict[str, Any]:
    def identity(name: str, keys: tuple[str, str] | None, actions: list[str]) -> dict[str, Any]:
        credentials = [{"accessKey": keys[0], "secretKey": keys[1]}] if keys else []
        return {"name": name, "credentials": credentials, "actions": actions}

    publisher = [f"{action}:{bucket}" for bucket in _PUBLISHERS for action in ("Read", "Write", "List")]
    public = [f"Read:{BUCKET}", *(f"{action}:{OPEN_BUCKET}" for action in ("Read", "Write", "List"))]
    return {
        "identities": [
            identity("admin", _ADMIN, ["Admin", "Read", "Write", "List"]),
            identity("publisher", (ACCESS_KEY, SECRET_KEY), publisher),
            identity("anonymous", None, public),
        ]
    }


def _free_ports(count: int) -> list[int]:
    """Ports that are free, together with the one 10000 above each (SeaweedFS listens there too)."""
    found: list[int] = []
    while len(found) < count:
        port = 20_000 + secrets.randbelow(12_000)
        if port not in found and _is_free(port) and _is_free(port + 10_000):
            found.append(port)
    return found


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def in_ci() -> bool:
    return bool(os.environ.get("CI"))
