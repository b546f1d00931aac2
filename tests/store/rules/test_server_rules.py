"""What shows.toml may say of a server to publish to, and where else a podcast goes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bobine.errors import PlanError
from bobine.model.destination import SftpDestination, WebdavDestination
from bobine.store.rules import servers
from bobine.store.workspace import open_workspace

FINGERPRINT = "SHA256:xQkhLL92duA76KAEA6t/HV/CvsEJItDzBBpMRpozzTA"


@pytest.mark.parametrize(
    ("rule", "good", "bad"),
    [
        (servers.host, ("sftp.exemple.fr", "10.0.0.3", "::1", "a"),
         ("sftp://exemple.fr", "exemple.fr:22", "u@exemple.fr", "exemple.fr/", "-oProxyCommand=x", "", "é.fr", "a b")),
        (servers.user, ("radio", "radio@exemple.fr"), ("radio:secret", "", " radio", "a\nb")),
        (servers.server_folder, ("www", "www/podcast/", "/srv/www", "un dossier"),
         ("", "../www", "www//a", "a/./b", "/", "a\x00b", "a/..")),
        (servers.fingerprint, (FINGERPRINT,), ("", FINGERPRINT[:-1], FINGERPRINT + "=", FINGERPRINT[7:], "MD5:aa:bb")),
        (servers.local_file, ("/home/a/.ssh/id", "~/.ssh/id", "C:\\Users\\a\\id"), ("id", "../id", "", "./id")),
        (servers.variable, ("BOBINE_SFTP", "_X1"), ("hunter2", "BOBINE-SFTP", "", "1A", "A" * 65, "A\n")),
        (servers.webdav_address, ("https://nuage.example/dav/", "http://127.0.0.1:8080/", "http://localhost/"),
         ("http://nuage.example/", "https://nuage.example/dav", "https://u:p@nuage.example/", "nuage.example/")),
    ],
)  # fmt: skip
def test_a_rule_takes_what_is_good_and_nothing_else(
    rule: Callable[[str], str | None], good: tuple[str, ...], bad: tuple[str, ...]
) -> None:
    assert [text for text in good if rule(text) is not None] == []
    assert [text for text in bad if rule(text) is None] == []


def test_a_password_in_the_wrong_place_is_not_repeated() -> None:
    fault = servers.variable("hunter2")
    assert fault is not None
    assert "hunter2" not in fault


SFTP = f'''
[destinations.site]
kind = "sftp"
host = "sftp.exemple.fr"
user = "radio"
public_url = "https://radio.example/podcast/"
fingerprint = "{FINGERPRINT}"

[destinations.nuage]
kind = "webdav"
address = "https://nuage.example/dav/"
user = "radio"
public_url = "https://nuage.example/public/"
'''


def test_servers_and_mirrors_are_read(workspace_root: Path) -> None:
    shows = workspace_root / "shows.toml"
    text = shows.read_text("utf-8").replace(
        'destination = "local"', 'destination = "site"\nmirrors = ["nuage", "local"]'
    )
    shows.write_text(text + SFTP, encoding="utf-8")
    workspace = open_workspace(workspace_root)
    assert workspace.show("fil").podcast.destinations == ("site", "nuage", "local")
    site, nuage = workspace.destination("site"), workspace.destination("nuage")
    assert isinstance(site, SftpDestination)
    assert (site.port, site.fingerprint, site.path) == (22, FINGERPRINT, "")
    assert isinstance(nuage, WebdavDestination)
    assert nuage.password_variable == "BOBINE_WEBDAV"


@pytest.mark.parametrize(
    ("mirrors", "key", "words"),
    [
        ('["local"]', "shows.fil.podcast.mirrors[1]", "y est déjà"),
        ('["site", "site"]', "shows.fil.podcast.mirrors[2]", "y est déjà"),
        ('["sit"]', "shows.fil.podcast.mirrors[1]", "vouliez-vous « site » ?"),
        ('"site"', "shows.fil.podcast.mirrors", "liste"),
    ],
)
def test_a_mirror_that_cannot_be_is_told(workspace_root: Path, mirrors: str, key: str, words: str) -> None:
    shows = workspace_root / "shows.toml"
    text = shows.read_text("utf-8").replace('destination = "local"', f'destination = "local"\nmirrors = {mirrors}')
    shows.write_text(text + SFTP, encoding="utf-8")
    with pytest.raises(PlanError) as caught:
        open_workspace(workspace_root)
    (fault,) = caught.value.faults
    assert fault.key == key
    assert words in fault.message
