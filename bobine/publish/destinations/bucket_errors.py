"""Failures of an S3-compatible store, each told in one French sentence that holds no credential."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from boto3.exceptions import Boto3Error
from botocore import exceptions as aws
from botocore.exceptions import BotoCoreError, ClientError
from botocore.parsers import ResponseParserError
from urllib3.exceptions import HTTPError

from bobine.errors import AwayError, PublishError
from bobine.model.destination import BucketDestination

_WRONG_KEY = frozenset({
    "401", "AuthFailure", "ExpiredToken", "ExpiredTokenException", "InvalidAccessKeyId", "InvalidClientTokenId",
    "InvalidSecurity", "InvalidToken", "NotSignedUp", "SignatureDoesNotMatch", "TokenRefreshRequired", "Unauthorized",
    "UnrecognizedClientException",
})  # fmt: skip
_SKEWED = frozenset({"RequestTimeTooSkewed", "RequestExpired", "RequestInTheFuture"})
_REGION = frozenset({
    "301", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException", "IncorrectEndpoint",
    "PermanentRedirect",
})  # fmt: skip
_FULL = frozenset({"507", "EntityTooLarge", "InsufficientStorage", "QuotaExceeded", "StorageFull", "XMinioStorageFull"})
_CHECKSUMS = frozenset({
    "411", "501", "InvalidArgument", "InvalidRequest", "MissingContentLength", "NotImplemented",
    "XAmzContentSHA256Mismatch",
})  # fmt: skip

_NO_ACL = frozenset({"AccessControlListNotSupported", "InvalidBucketAclWithObjectOwnership"})
_BY_NAME = frozenset({"PathStyleRequestNotAllowed", "PathStyleNotSupported", "SecondLevelDomainForbidden"})

ABSENT = frozenset({"404", "NoSuchKey", "NotFound"})
"""Codes by which a store says that there is no such object."""

NO_STORE = (ResponseParserError, HTTPError, LookupError, TypeError, ValueError, AttributeError)
"""Errors that an answer causes which is not a store's."""


def host_of(destination: BucketDestination) -> str:
    """The store's name for people: host and port of the endpoint, without any user name or password in it."""
    parts = urlsplit(destination.endpoint or f"https://s3.{destination.region}.amazonaws.com")
    return parts.netloc.rpartition("@")[2] or "adresse vide"


@contextlib.contextmanager
def told_in_french(destination: BucketDestination, doing: str) -> Iterator[None]:
    """Turn every failure of boto3 into a ``PublishError``.

    Args:
        destination: the bucket.
        doing: what was being done, to stand after « impossible » (``de lire « x »``, ``d'écrire « x »``).

    Raises:
        AwayError: in place of what may pass by itself: the network, a store that is overloaded.
        PublishError: in place of any other error of boto3 and botocore.
    """
    try:
        yield
    except (BotoCoreError, ClientError, Boto3Error) as error:
        cause = _unwrapped(error)
        advice = _answer(cause, destination) if isinstance(cause, ClientError) else _local_cause(cause, destination)
        kind = AwayError if is_passing(cause) else PublishError
        raise kind(f"Destination « {destination.name} », impossible {doing} : {advice}") from error


@contextlib.contextmanager
def answering(destination: BucketDestination, doing: str) -> Iterator[None]:
    """The same for a request: an answer that is not a store's, such as the page of a public network, is told too.

    Raises:
        PublishError: in place of any error of boto3, and of whatever an answer of another shape makes go wrong.
    """
    try:
        with told_in_french(destination, doing):
            yield
    except NO_STORE as error:
        raise AwayError(
            f"Destination « {destination.name} », impossible {doing} : {host_of(destination)} répond autre chose que "
            "ce qu'un stockage S3 répond, peut-être la page d'accueil d'un réseau ; vérifiez la connexion et endpoint, "
            "puis recommencez."
        ) from error


def error_code(error: ClientError) -> str:
    """The store's error code (``NoSuchKey``, ``412``), made safe to show."""
    return re.sub(r"[^A-Za-z0-9._-]", "", str(error.response.get("Error", {}).get("Code", "")))[:60] or "sans code"


def http_status(error: ClientError) -> int:
    """The status of the answer; 0 if there was none."""
    return int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))


def is_passing(error: BaseException) -> bool:
    """Whether what went wrong may pass by itself."""
    if isinstance(error, ClientError):
        status = http_status(error)
        return error_code(error) == "SlowDown" or status == 429 or (status >= 500 and status not in (501, 505, 507))
    lost = (aws.ConnectionError, aws.HTTPClientError, aws.IncompleteReadError)
    return isinstance(error, lost) and not isinstance(error, aws.SSLError)


def _unwrapped(error: BaseException) -> BaseException:
    """The error under the ``S3UploadFailedError`` in which uploads wrap the store's answer."""
    inner = error.__cause__ or error.__context__
    return inner if isinstance(error, Boto3Error) and isinstance(inner, ClientError | BotoCoreError) else error


def _answer(error: ClientError, destination: BucketDestination) -> str:
    code, status, host = error_code(error), http_status(error), host_of(destination)
    if code in _WRONG_KEY or status == 401:
        return f"la clé d'accès est refusée par {host} ({code}) ; vérifiez {_where_credentials(destination)}."
    if code in _SKEWED:
        return f"l'horloge de cet ordinateur n'est pas celle de {host} ; mettez-la à l'heure, puis recommencez."
    if code == "NoSuchBucket":
        return f"le bucket « {destination.bucket} » n'existe pas chez {host} ; créez-le, ou corrigez bucket."
    if code in _REGION or status == 301:
        return f"le bucket n'est pas dans la région « {destination.region} » ({code}) ; corrigez region ou endpoint."
    if code in _FULL or status == 507:
        return f"il n'y a plus de place chez {host} ({code}) ; libérez-en ou agrandissez le quota."
    if code in _BY_NAME:
        return (
            f'{host} veut le nom du bucket devant le sien ({code}) ; écrivez addressing = "virtual" pour cette '
            "destination."
        )
    if code in _NO_ACL or (destination.acl and code == "NotImplemented"):
        return (
            f"{host} ne prend pas les droits de lecture fichier par fichier ({code}) ; enlevez acl de cette "
            "destination, et ouvrez la lecture du bucket."
        )
    if status == 403:
        acl = ", et en ouvrir la lecture (acl)" if destination.acl else ""
        return (
            f"{host} en refuse l'accès ({code}) ; vérifiez que le bucket « {destination.bucket} » existe, que sa clé "
            f"peut le lire, l'écrire et le lister{acl}, {_where_credentials(destination)}, et addressing."
        )
    if code in _CHECKSUMS and destination.checksums != "when_required":
        return f'{host} refuse la requête ({code}) ; essayez checksums = "when_required" pour cette destination.'
    if status in (405, 501):
        return (
            f"{host} ne connaît pas cette demande ({code}, HTTP {status}) ; vérifiez qu'endpoint est l'adresse du "
            "service S3, et non celle d'un site, sinon demandez à l'hébergeur ce que son stockage permet."
        )
    if status == 429 or status >= 500 or code == "SlowDown":
        return f"{host} répond par une erreur ({code}) ; réessayez dans quelques minutes."
    return f"{host} refuse la requête ({code}, HTTP {status}) ; vérifiez endpoint, bucket et prefix."


def _local_cause(error: BaseException, destination: BucketDestination) -> str:
    match error:
        case aws.ProfileNotFound():
            return f"le profil AWS « {destination.profile} » n'existe pas sur cet ordinateur ; vérifiez profile."
        case aws.NoCredentialsError() | aws.PartialCredentialsError():
            return f"la clé d'accès manque ou est incomplète ; donnez {_where_credentials(destination)}."
        case aws.CredentialRetrievalError() | aws.TokenRetrievalError() | aws.SSOError() | aws.ConfigParseError():
            return f"la clé d'accès ne peut pas être lue ; vérifiez {_where_credentials(destination)}."
        case aws.SSLError():
            return f"la connexion chiffrée avec {host_of(destination)} échoue ; vérifiez endpoint et l'horloge."
        case aws.ConnectTimeoutError() | aws.ReadTimeoutError():
            return f"{host_of(destination)} ne répond pas à temps ; vérifiez la connexion, puis recommencez."
        case aws.ConnectionError() | aws.HTTPClientError() | aws.IncompleteReadError():
            return (
                f"{host_of(destination)} est injoignable ou a coupé la connexion ; vérifiez le réseau et endpoint, "
                "puis recommencez."
            )
        case aws.ParamValidationError():
            return f"le nom du bucket (« {destination.bucket} ») ou de la région n'est pas valable ; corrigez-le."
        case _:
            return f"erreur {type(error).__name__} ; vérifiez endpoint, bucket et region."


def _where_credentials(destination: BucketDestination) -> str:
    if destination.profile:
        return f"le profil AWS « {destination.profile} »"
    return "AWS_ACCESS_KEY_ID et AWS_SECRET_ACCESS_KEY (variables d'environnement, ou profil AWS nommé par profile)"
