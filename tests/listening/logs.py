"""Requests as the servers log them, and a show whose sound they are for."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bobine.publish.listening.agents import Agent, AgentKind
from bobine.publish.listening.counting import SALT_BYTES, ShowCount
from bobine.publish.listening.requests import Request
from bobine.publish.listening.sounds import Sounds
from tests.publish.samples import release

PARIS = ZoneInfo("Europe/Paris")
ANTENNAPOD = "AntennaPod/3.5.0"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)
EPISODE, NEXT_ONE = "2026-11-26", "2026-12-03"
SOUNDS = Sounds("bobine-romanaise", [release(0), release(1)])
MINUTE = 128 * 125 * 60
"""Bytes of a minute of the MP3 of the samples, which has no tag."""


def path(day: str = EPISODE, suffix: str = "mp3", seal: str = "0123456789ab") -> str:
    return f"/bobine-romanaise/audio/bobine-romanaise-{day}-{seal}.{suffix}"


def request(**changes: object) -> Request:
    """A whole download."""
    whole = Request(
        at=NOON, address="192.0.2.7", agent=ANTENNAPOD, method="GET", path=path(), status=200, sent=52_800_000
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


def listeners(count: int, **changes: object) -> list[Request]:
    return [request(address=f"192.0.2.{one}", at=NOON + timedelta(seconds=one), **changes) for one in range(count)]


def told(agent: str) -> Agent:
    """Robots say so here."""
    return Agent(AgentKind.BOT) if agent.startswith("robot") else Agent(AgentKind.LISTENER, agent or "?")


def show_count(sounds: Sounds = SOUNDS, **options: object) -> ShowCount:
    return ShowCount(sounds, PARIS, told, lambda: bytes(SALT_BYTES), **options)  # type: ignore[arg-type]


def counted(*requests: Request) -> ShowCount:
    count = show_count()
    for one in requests:
        count.add(one)
    return count


def clf(at: datetime) -> str:
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    local = at.astimezone(PARIS)
    return f"{local:%d}/{months[local.month - 1]}/{local:%Y:%H:%M:%S %z}"


def combined(one: Request) -> str:
    agent = one.agent.replace("\\", "\\\\").replace('"', '\\"') or "-"
    return (
        f'{one.address} - - [{clf(one.at)}] "{one.method} {one.path}?from=rss HTTP/1.1" {one.status} '
        f'{one.sent or "-"} "-" "{agent}"'
    )


def s3(one: Request) -> str:
    agent = one.agent.replace("\\", "\\\\").replace('"', '\\"') or "-"
    key = one.path.removeprefix("/")
    return (
        f"79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be podcast [{clf(one.at)}] {one.address} "
        f"{'arn:aws:iam::123:user/bobine' if one.is_own else '-'} {one.id or '3E57427F3EXAMPLE'} "
        f'REST.{one.method}.OBJECT {key} "{one.method} {one.path}?x-id=1 HTTP/1.1" {one.status} - '
        f'{one.sent or "-"} 52800000 70 10 "-" "{agent}" - s9lzHYrFp76ZVxRcpX9+5cjAnEH2ROuNkd2BHfIa6UkFVd= '
        "SigV4 ECDHE-RSA-AES128-GCM-SHA256 - podcast.s3.example TLSV1.2 - -"
    )


def caddy(one: Request) -> str:
    headers = {"User-Agent": [one.agent]} if one.agent else {}
    if one.asked:
        headers["Range"] = [one.asked]
    if one.is_preload:
        headers["Sec-Purpose"] = ["prefetch"]
    asked = {
        "remote_ip": "127.0.0.1",
        "remote_port": "41342",
        "client_ip": one.address,
        "proto": "HTTP/2.0",
        "method": one.method,
        "host": "podcast.example",
        "uri": f"{one.path}?from=rss",
        "headers": headers,
    }
    return json.dumps({
        "level": "info", "ts": one.at.timestamp(), "logger": "http.log.access", "msg": "handled request",
        "request": asked, "bytes_read": 0, "duration": 0.1, "size": one.sent, "status": one.status,
    })  # fmt: skip


def nginx(one: Request) -> str:
    return json.dumps({
        "time_iso8601": one.at.isoformat(), "remote_addr": one.address,
        "request": f"{one.method} {one.path}?from=rss HTTP/1.1", "status": str(one.status),
        "body_bytes_sent": str(one.sent), "http_user_agent": one.agent, "http_range": one.asked,
        "http_sec_purpose": "prefetch" if one.is_preload else "",
    })  # fmt: skip


WRITERS = {"combined": combined, "s3": s3, "caddy": caddy, "nginx": nginx}
