from __future__ import annotations

import os
import socket
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError, NoCredentialsError

from bobine.errors import PublishError
from bobine.model.destination import Acl, BucketDestination, ChecksumMode
from bobine.publish.destinations.bucket import PROBE
from bobine.publish.destinations.bucket_errors import told_in_french
from bobine.publish.destinations.opening import open_store
from bobine.publish.destinations.store import Store
from bobine.publish.layout import FEED_CACHE, IMMUTABLE
from bobine.publish.media_types import FEED
from tests.publish.gateways import gateway
from tests.publish.seaweed import ACCESS_KEY, BUCKET, MISSING_BUCKET, OPEN_BUCKET, SECRET_KEY, SeaweedFS, client_of
from tests.publish.shelf import stored_file

KEY = "bobine/feed.xml"
LOCAL = BucketDestination(name="association", bucket="radio", public_url="https://ecoute.example/")


def opened(destination: BucketDestination) -> Store:
    return open_store(destination, Path("unused"))


def refusal(use: Callable[[], object]) -> str:
    """The message of a refusal, which must be one sentence without any credential."""
    with pytest.raises(PublishError) as caught:
        use()
    message = str(caught.value)
    assert "\n" not in message
    assert message.endswith((".", "fois."))
    for secret in (ACCESS_KEY, SECRET_KEY, os.environ.get("AWS_SECRET_ACCESS_KEY") or SECRET_KEY):
        assert secret not in message
    return message


@pytest.mark.slow
def test_a_good_bucket_passes_its_check_and_enforces_conditions(seaweed: SeaweedFS) -> None:
    destination = seaweed.destination()
    store = opened(destination)
    store.check()
    assert store.enforces_conditions()
    assert set(store.listing("")) == {PROBE}
    assert store.location(KEY) == f"s3://radio/{destination.prefix}{KEY}"


@pytest.mark.slow
def test_a_swap_needs_the_version_that_is_there(seaweed: SeaweedFS) -> None:
    store = opened(seaweed.destination())
    assert not store.swap(KEY, b"zero", FEED, FEED_CACHE, '"0123456789abcdef0123456789abcdef"')
    assert store.swap(KEY, b"one", FEED, FEED_CACHE, None)
    assert not store.swap(KEY, b"two", FEED, FEED_CACHE, None)
    found = store.fetch(KEY)
    assert found is not None
    assert store.swap(KEY, b"two", FEED, FEED_CACHE, found.version)
    assert not store.swap(KEY, b"three", FEED, FEED_CACHE, found.version)
    assert store.read(KEY, 0, 99) == b"two"


@pytest.mark.slow
@pytest.mark.parametrize("checksums", ChecksumMode)
@pytest.mark.parametrize("size", [1000, 20_000_000], ids=["one-part", "several-parts"])
def test_a_file_arrives_whole_with_its_type_and_cache_time(
    seaweed: SeaweedFS, tmp_path: Path, size: int, checksums: ChecksumMode
) -> None:
    destination = seaweed.destination(checksums=checksums)
    store = opened(destination)
    source = tmp_path / "source.mp3"
    source.write_bytes(os.urandom(size))
    file = stored_file(source, "bobine/audio/a-0123456789ab.mp3")
    counted: list[int] = []
    store.put(file, source, IMMUTABLE, counted.append)
    assert sum(counted) == size
    found = store.head(file.key)
    assert found is not None
    assert found.is_identical_to(file)
    assert store.read(file.key, size - 7, 100) == source.read_bytes()[-7:]
    assert {key: entry.bytes for key, entry in store.listing("bobine/").items()} == {file.key: size}
    store.probe_public(file)
    client = client_of(destination.endpoint)
    head = client.head_object(Bucket=BUCKET, Key=destination.prefix + file.key)
    assert head["CacheControl"] == IMMUTABLE
    assert head["ContentType"] == "audio/mpeg"


@pytest.mark.slow
def test_a_long_listing_comes_whole(seaweed: SeaweedFS) -> None:
    store = opened(seaweed.destination())
    for number in range(12):
        assert store.swap(f"bobine/releases/{number}.json", b"{}", FEED, FEED_CACHE, None)
    store._client.meta.events.register(  # type: ignore[attr-defined]
        "before-parameter-build.s3.ListObjectsV2", lambda params, **_: params.update(MaxKeys=5)
    )
    listing = store.listing("bobine/releases/")
    assert len(listing) == 12
    assert all(entry.version and entry.bytes == 2 for entry in listing.values())


@pytest.mark.slow
def test_keys_stay_under_the_prefix(seaweed: SeaweedFS) -> None:
    store = opened(seaweed.destination())
    for key in ("../a", "/a", "a//b", "é", ""):
        with pytest.raises(PublishError, match="ne peut pas être un fichier"):
            store.fetch(key)


@pytest.mark.slow
@pytest.mark.parametrize("conditions", ["ignored", "refused"])
def test_a_store_without_conditions_is_found_out(seaweed: SeaweedFS, conditions: str) -> None:
    with gateway(seaweed.endpoint, conditions=conditions) as endpoint:
        store = opened(seaweed.destination(bucket=OPEN_BUCKET, endpoint=endpoint))
        store.check()
        assert not store.enforces_conditions()
        assert store.swap(KEY, b"one", FEED, FEED_CACHE, None)
        assert not store.swap(KEY, b"two", FEED, FEED_CACHE, None)
        assert store.read(KEY, 0, 99) == b"one"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("variable", "value"),
    [("AWS_ACCESS_KEY_ID", "CLE-INCONNUE"), ("AWS_SECRET_ACCESS_KEY", "mauvais-mot-de-passe")],
)
def test_a_wrong_key_is_told(seaweed: SeaweedFS, monkeypatch: pytest.MonkeyPatch, variable: str, value: str) -> None:
    monkeypatch.setenv(variable, value)
    message = refusal(opened(seaweed.destination()).check)
    assert "la clé d'accès est refusée" in message
    assert "AWS_ACCESS_KEY_ID" in message
    assert value not in message


@pytest.mark.slow
def test_a_missing_bucket_is_told(seaweed: SeaweedFS) -> None:
    store = opened(seaweed.destination(bucket=MISSING_BUCKET))
    assert f"le bucket « {MISSING_BUCKET} » n'existe pas" in refusal(store.check)
    assert f"le bucket « {MISSING_BUCKET} » n'existe pas" in refusal(store.enforces_conditions)


@pytest.mark.slow
def test_a_bucket_of_somebody_else_is_told(seaweed: SeaweedFS) -> None:
    assert "« chez-le-voisin »" in refusal(opened(seaweed.destination(bucket="chez-le-voisin")).check)


@pytest.mark.slow
def test_a_bucket_that_listeners_cannot_read_is_told(seaweed: SeaweedFS, tmp_path: Path) -> None:
    source = tmp_path / "a.mp3"
    source.write_bytes(b"sound" * 100)
    file = stored_file(source, "bobine/audio/a-0123456789ab.mp3")
    for public_url, told in (
        (f"{seaweed.endpoint}/private/", "public"),
        ("ftp://127.0.0.1/", "http ou https"),
        (f"http://127.0.0.1:{closed_port()}/", "injoignable"),
    ):
        store = opened(seaweed.destination(public_url=public_url))
        store.put(file, source, IMMUTABLE)
        assert told in refusal(partial(store.probe_public, file))


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def destination(**changes: Any) -> BucketDestination:
    return BucketDestination(**{"name": "association", "bucket": "radio", "public_url": "http://127.0.0.1/", **changes})


def test_an_unreachable_store_is_told() -> None:
    port = closed_port()
    message = refusal(opened(destination(endpoint=f"http://user:{SECRET_KEY}@127.0.0.1:{port}")).check)
    assert f"127.0.0.1:{port} est injoignable" in message


def test_missing_credentials_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    assert "la clé d'accès manque" in refusal(opened(destination(endpoint="http://127.0.0.1:9")).check)


def test_an_unknown_profile_is_told() -> None:
    assert "le profil AWS « inconnu » n'existe pas" in refusal(lambda: opened(destination(profile="inconnu")))


@pytest.mark.parametrize("endpoint", ["pas une adresse", "s3.exemple.fr", "http://"])
def test_an_endpoint_that_is_no_address_is_told(endpoint: str) -> None:
    assert "endpoint" in refusal(lambda: opened(destination(endpoint=endpoint)).check())


def test_a_bucket_name_that_cannot_be_is_told() -> None:
    message = refusal(opened(destination(bucket="Mon bucket !", endpoint="http://127.0.0.1:9")).check)
    assert "nom du bucket (« Mon bucket ! »)" in message


@pytest.mark.parametrize(
    ("code", "status", "told"),
    [
        ("RequestTimeTooSkewed", 403, "l'horloge de cet ordinateur"),
        ("NoSuchBucket", 404, "n'existe pas"),
        ("InvalidAccessKeyId", 403, "la clé d'accès est refusée"),
        ("ExpiredToken", 400, "la clé d'accès est refusée"),
        ("AccessDenied", 403, "refuse l'accès"),
        ("PermanentRedirect", 301, "région « us-east-1 »"),
        ("QuotaExceeded", 403, "plus de place"),
        ("InsufficientStorage", 507, "plus de place"),
        ("SlowDown", 503, "réessayez dans quelques minutes"),
        ("InternalError", 500, "réessayez dans quelques minutes"),
        ("XAmzContentSHA256Mismatch", 400, 'checksums = "when_required"'),
        ("MethodNotAllowed", 405, "ne connaît pas cette demande"),
        ("PathStyleRequestNotAllowed", 400, 'addressing = "virtual"'),
        ("AccessControlListNotSupported", 400, "enlevez acl"),
        ("Teapot\n\x1b[31m", 418, "(Teapot31m, HTTP 418)"),
    ],
)
def test_each_answer_of_a_store_has_its_sentence(code: str, status: int, told: str) -> None:
    answer: Any = {
        "Error": {"Code": code, "Message": f"{ACCESS_KEY} {SECRET_KEY}"},
        "ResponseMetadata": {"HTTPStatusCode": status},
    }

    def use() -> None:
        with told_in_french(destination(checksums=ChecksumMode.WHEN_SUPPORTED), "d'écrire « a »"):
            raise ClientError(answer, "PutObject")

    message = refusal(use)
    assert told in message
    assert message.startswith("Destination « association », impossible d'écrire « a » : ")


def test_a_request_that_the_store_does_not_know_is_told_as_that() -> None:
    answer: Any = {"Error": {"Code": "NotImplemented"}, "ResponseMetadata": {"HTTPStatusCode": 501}}

    def use(**changes: Any) -> None:
        with told_in_french(destination(**changes), "d'écrire « a »"):
            raise ClientError(answer, "PutObject")

    assert "ne connaît pas cette demande (NotImplemented, HTTP 501)" in refusal(use)
    assert "enlevez acl" in refusal(partial(use, acl=Acl.PUBLIC_READ))


def test_other_errors_pass_unchanged() -> None:
    with pytest.raises(ZeroDivisionError), told_in_french(LOCAL, "de lire « a »"):
        _ = 1 / 0
    with pytest.raises(PublishError), told_in_french(LOCAL, "de lire « a »"):
        raise NoCredentialsError
