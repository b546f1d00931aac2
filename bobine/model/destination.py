"""A destination that a podcast is published to: a folder, a bucket of an S3-compatible store, SFTP or WebDAV."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderDestination:
    """A folder laid out like the bucket.

    Attributes:
        name: its key in ``shows.toml``.
        path: the folder, relative to the workspace or absolute.
        public_url: where listeners find the folder's root; ends with ``/``.
    """

    name: str
    path: str = "feed"
    public_url: str = "http://localhost:8470/"


class ChecksumMode(StrEnum):
    """The boto3 setting for its own checksums, added and checked; many S3-compatible stores refuse the default."""

    WHEN_SUPPORTED = "when_supported"
    WHEN_REQUIRED = "when_required"


class Acl(StrEnum):
    """The access that is asked for with each object; none where the bucket itself says who may read."""

    NONE = ""
    PUBLIC_READ = "public-read"


class Addressing(StrEnum):
    """The place of the bucket's name in the store's addresses: a path, a part of the host's name, or what works."""

    AUTO = "auto"
    PATH = "path"
    VIRTUAL = "virtual"


@dataclass(frozen=True, slots=True, kw_only=True)
class BucketDestination:
    """A bucket. Credentials come from the environment or an AWS profile, never from the workspace.

    Attributes:
        name: its key in ``shows.toml``.
        bucket: the bucket's name.
        public_url: where listeners read the bucket, under ``prefix`` or not as the host maps it; ends with ``/``.
        endpoint: the S3 API's address; empty for AWS itself.
        prefix: what the keys begin with in the bucket; empty, or ends with ``/``.
        region: the store's region name.
        profile: name of the AWS profile that holds the credentials; empty for the environment's.
        checksums: when boto3 adds its own checksums.
        acl: the access that is asked for with what listeners read.
        addressing: where the bucket's name stands in the store's addresses.
        upload_ahead_kbps: bandwidth at which the podcast goes up while the show is on air, kilobits a second; 0 to send
            nothing before its end.
    """

    name: str
    bucket: str
    public_url: str
    endpoint: str = ""
    prefix: str = ""
    region: str = "us-east-1"
    profile: str = ""
    checksums: ChecksumMode = ChecksumMode.WHEN_REQUIRED
    acl: Acl = Acl.NONE
    addressing: Addressing = Addressing.AUTO
    upload_ahead_kbps: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SftpDestination:
    """A folder of a shared host, over SFTP. The password or key is never in the workspace.

    Attributes:
        name: its key in ``shows.toml``.
        host: the server's name.
        user: who logs in there.
        public_url: where listeners find the folder's root; ends with ``/``.
        path: the folder there, from the one that a login leads to; absolute where it begins with ``/``.
        port: the server's.
        fingerprint: of the server's key, ``SHA256:…``; empty to believe ``known_hosts`` alone.
        known_hosts: a file of servers' keys, as OpenSSH writes it; empty for this user's own.
        key_file: the private key's file on this computer; empty for the SSH agent and this user's own keys.
        password_variable: the environment variable that holds the password, or the key's passphrase; empty for none.
    """

    name: str
    host: str
    user: str
    public_url: str
    path: str = ""
    port: int = 22
    fingerprint: str = ""
    known_hosts: str = ""
    key_file: str = ""
    password_variable: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WebdavDestination:
    """A folder of a WebDAV server, such as a Nextcloud. The password is never in the workspace.

    Attributes:
        name: its key in ``shows.toml``.
        address: the folder's WebDAV address; ends with ``/``.
        user: who logs in there.
        public_url: where listeners find the folder's root; ends with ``/``.
        password_variable: the environment variable that holds the password.
    """

    name: str
    address: str
    user: str
    public_url: str
    password_variable: str = "BOBINE_WEBDAV"  # noqa: S105 - a name, not a password


Destination = FolderDestination | BucketDestination | SftpDestination | WebdavDestination
