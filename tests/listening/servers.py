"""Real web servers that log what they are asked: Caddy from PyPI, and nginx where this machine has it."""

from __future__ import annotations

import http.client
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_CADDY = """
{{
    admin off
    auto_https off
    persist_config off
    grace_period 1s
}}
http://127.0.0.1:{port} {{
    bind 127.0.0.1
    root * {root}
    file_server
    {extra}
    log {{
        output file {logs}/caddy.log
        format json
    }}
}}
"""

_NGINX = """
user root;
daemon off;
worker_processes 1;
pid {logs}/pid;
error_log {logs}/error.log;
events {{ worker_connections 64; }}
http {{
    types {{ audio/mpeg mp3; }}
    client_body_temp_path {logs}/body;
    proxy_temp_path {logs}/proxy;
    fastcgi_temp_path {logs}/fastcgi;
    uwsgi_temp_path {logs}/uwsgi;
    scgi_temp_path {logs}/scgi;
    log_format json escape=json '{{"time_iso8601":"$time_iso8601","remote_addr":"$remote_addr","request":"$request",'
        '"status":"$status","body_bytes_sent":"$body_bytes_sent","http_user_agent":"$http_user_agent",'
        '"http_range":"$http_range","http_sec_purpose":"$http_sec_purpose","request_id":"$request_id"}}';
    access_log {logs}/nginx-combined.log combined;
    access_log {logs}/nginx-json.log json;
    server {{ listen 127.0.0.1:{port}; root {root};
    {extra}
    }}
}}
"""


def binary(name: str) -> str | None:
    """The server's program: from the registry beside Python or on the path, or the system's."""
    beside = [Path(sys.executable).with_name(name), *(Path(folder) / "bin" / name for folder in sys.path if folder)]
    found = next((str(path) for path in beside if path.exists()), None)
    return found or shutil.which(name) or shutil.which(name, path="/usr/sbin")


@contextmanager
def running(name: str, root: Path, logs: Path, extra: str = "") -> Iterator[int]:
    """A server of a folder on the loopback; gives its port, and ends with its log written.

    ``extra`` is what its site is told besides.
    """
    program, port = binary(name), _free_port()
    assert program is not None
    config = logs / f"{name}.conf"
    config.write_text({"caddy": _CADDY, "nginx": _NGINX}[name].format(port=port, root=root, logs=logs, extra=extra))
    command = {
        "caddy": [program, "run", "--adapter", "caddyfile", "--config", str(config)],
        "nginx": [program, "-p", str(logs), "-c", str(config)],
    }[name]
    with (logs / f"{name}.out").open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out, env={"HOME": str(logs), "XDG_DATA_HOME": str(logs)})
    try:
        _wait(process, port)
        yield port
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    for _ in range(200):
        assert process.poll() is None
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(port)


def ask(port: int, path: str, agent: str, *, method: str = "GET", most: int = -1, **headers: str) -> int:
    """One request on a connection of its own, of which at most so many bytes are read; gives the status."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, headers={"User-Agent": agent, **named})
        answer = connection.getresponse()
        answer.read(most if most >= 0 else None)
        return answer.status
    finally:
        connection.close()
