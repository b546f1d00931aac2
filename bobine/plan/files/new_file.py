"""The ``shows.toml`` that a new workspace starts with: every key there is, with what it means beside it."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import is_dataclass
from datetime import date, time, timedelta
from typing import Any

from bobine.model.carts import ShowCart
from bobine.model.counted.subsidy import ActionForm, ActionTheme, Job, Subsidy
from bobine.model.destination import (
    BucketDestination,
    Destination,
    FolderDestination,
    SftpDestination,
    WebdavDestination,
)
from bobine.model.episode import Item, ItemKind, PodcastRights, Work, WorkUse
from bobine.model.hours import HourlyRate
from bobine.model.podcast import License, Platform, Podcast
from bobine.model.show import Chronique, Election, Holiday, SeasonCalendar, Show, Slot, Station, Weekday
from bobine.plan.editing.ids import slug
from bobine.plan.settings.words import SETTINGS, written_fields
from bobine.store.codec.encode import encode
from bobine.store.toml.write import table_text, toml_value

WIDTH = 118
"""Characters of a line, at most: what is longer is said above its key."""

TO_WRITE = "À écrire : ce que lisent les gens dans leur application de podcast."
"""The description that a new show has until somebody writes it."""

_HEAD = """\
# L'atelier de « {title} »
#
# Ce fichier décrit l'émission : son créneau, sa saison, ses chroniques, le son attendu et le podcast. L'écran
# « Réglages » (F8) en change l'essentiel ; tout peut aussi être modifié ici, dans un éditeur de texte :
#   - ce qui suit un # est une explication, l'ordinateur ne la lit pas ;
#   - un texte ou une durée se met entre guillemets ("3'30"), un nombre, une date ou une heure non ;
#   - « bobine verifier » dit si tout est bien écrit, et ce qui reste à remplir.
"""

_ONLINE = (
    "Sur le web : gardez ce que l'association a, enlevez les # et adaptez. Un mot de passe ne s'écrit jamais ici : il "
    "vient de l'environnement, d'un fichier de clé ou d'un profil AWS."
)


def shows_text(title: str, today: date) -> str:
    """A ``shows.toml`` that works as it is, for one new show.

    Args:
        title: the show's title; one safe line.
        today: season 1 is the one it falls in, or the next to open.
    """
    show = starting_show(title, today)
    here = f"shows.{show.slug}"
    year = show.season.first_year
    christmas = Holiday(name="Noël", start=date(year, 12, 19), end=date(year + 1, 1, 3))
    vote = Election(name="Le nom de l'élection", start=date(year + 1, 2, 1), end=date(year + 1, 3, 21))
    parts: list[Sequence[str]] = [
        _HEAD.format(title=title).splitlines(),
        [f"[{here}]", *_keys(show)],
        _section(here, "station", show.station),
        [*_section(here, "slot", show.slot, more=_enum_note(Weekday)),
         f"# arrival = {toml_value('30 min')} # {SETTINGS[Slot]['arrival'].note}"],
        [*_section(here, "season", show.season), f"# holidays = {_on_one_line([christmas])}"],
        [*_comment(SETTINGS[Show]["chroniques"].note), *_legend(Chronique),
         *_rows(f"{here}.chroniques", show.chroniques)],
        [*_comment(SETTINGS[Show]["elections"].note), *_commented(table_text(f"{here}.elections", encode(vote)))],
        [*_comment(SETTINGS[Show]["hourly_rates"].note), *_legend(HourlyRate),
         *_commented(table_text(f"{here}.hourly_rates", encode(_RATE)))],
        _section(here, "subsidy", show.subsidy),
        [*_comment(SETTINGS[Subsidy]["themes"].note), *_legend(ActionTheme),
         *_rows(f"{here}.subsidy.themes", show.subsidy.themes)],
        [*_comment(SETTINGS[Subsidy]["forms"].note), *_legend(ActionForm),
         *_rows(f"{here}.subsidy.forms", show.subsidy.forms)],
        [*_comment(SETTINGS[Subsidy]["jobs"].note), *_legend(Job),
         *_commented(table_text(f"{here}.subsidy.jobs", encode(_JOB)))],
        _section(here, "sound", show.sound),
        _section(here, "recording", show.recording),
        [
            *_comment(SETTINGS[Show]["carts"].note),
            *_legend(ShowCart),
            *_commented(table_text(f"{here}.carts", encode(_CART, sparse=True))),
        ],
        [*_section(here, "podcast", show.podcast), *_license()],
        [*_comment(SETTINGS[Podcast]["platforms"].note), *_legend(Platform),
         *_commented(table_text(f"{here}.podcast.platforms", encode(_PLATFORM)))],
        [*_comment(SETTINGS[Show]["template"].note), *_legend(Item), *_comment("Ses œuvres, dans works :"),
         *_legend(Work)],
        *(_item(f"{here}.template", item) for item in show.template),
        [*_comment("Où le podcast est publié : ici un dossier de cet ordinateur, à écouter avec « bobine servir »."),
         "[destinations.local]", 'kind = "folder"', *_keys(FolderDestination(name="local"))],
        [*_comment(_ONLINE)],
        *(_destination(note, kind, one) for note, kind, one in _destinations(show.slug)),
    ]  # fmt: skip
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def starting_show(title: str, today: date) -> Show:
    """The show that a new workspace describes; its placeholders are named by « bobine verifier ».

    Args:
        title: the show's title; one safe line.
        today: season 1 is the one it falls in, or the next to open.
    """
    name = show_slug(title)
    year = today.year if today.month > SeasonCalendar().last_month else today.year - 1
    return Show(
        slug=name,
        title=title,
        description=TO_WRITE,
        station=Station(name="Ma radio"),
        slot=Slot(day=Weekday.THURSDAY, start=time(18), end=time(18, 55)),
        season=SeasonCalendar(first_year=year),
        podcast=Podcast(link=f"https://{name}.example/", author=title),
        chroniques=(Chronique(id="agenda", title="Agenda", duration=timedelta(minutes=3)),),
        template=_TEMPLATE,
    )


def show_slug(title: str) -> str:
    """The short name of a show, made from its title: ``La Bobine d'ici`` gives ``la-bobine-d-ici``."""
    return slug(title, longest=40, nameless="emission")


def _one(name: str, title: str, kind: ItemKind, seconds: int, **more: Any) -> Item:
    if kind.musical:
        more = {"podcast": PodcastRights.UNKNOWN, **more}
    return Item(id=name, title=title, kind=kind, duration=timedelta(seconds=seconds), **more)


_TEMPLATE = (
    _one("generique", "Générique", ItemKind.OPENING_THEME, 40, source="PAD"),
    _one("accueil", "Accueil, sommaire", ItemKind.TALK, 180),
    _one("chronique", "Première chronique", ItemKind.CHRONIQUE, 720),
    _one("pause-musicale", "Pause musicale", ItemKind.MUSIC, 240),
    _one("entretien", "Entretien", ItemKind.INTERVIEW, 1500),
    _one("agenda", "Agenda", ItemKind.CHRONIQUE, 520, chronique="agenda", droppable=True),
    _one("remerciements", "Remerciements", ItemKind.TALK, 60),
    _one("generique-de-fin", "Générique de fin", ItemKind.CLOSING_THEME, 40, source="PAD"),
)


def _section(here: str, name: str, value: Any, *, more: str = "") -> list[str]:
    return [*_comment(SETTINGS[Show][name].note), f"[{here}.{name}]", *_keys(value, more)]


def _keys(value: Any, more: str = "") -> Iterator[str]:
    """The keys of a table, its own tables left out; ``more`` is added to the first one's note."""
    plain = encode(value)
    for name in written_fields(type(value)):
        content = getattr(value, name)
        if content is None or is_dataclass(content) or (isinstance(content, tuple) and name in _TABLES):
            continue
        note = SETTINGS[type(value)][name].note + more
        more = ""
        yield from _line(f"{name} = {toml_value(plain[name])}", note)


_TABLES = frozenset({"chroniques", "elections", "hourly_rates", "carts", "template", "platforms",
                     "themes", "forms", "jobs"})  # fmt: skip
"""Lists of a show that are written as tables of their own."""


def _line(written: str, note: str) -> list[str]:
    beside = f"{written} # {note}"
    return [beside] if len(beside) <= WIDTH else [*_comment(note), written]


def _comment(text: str, indent: str = "") -> list[str]:
    return [f"# {indent}{line}" for line in textwrap.wrap(text, WIDTH - 2 - len(indent), break_on_hyphens=False)]


def _legend(cls: type) -> list[str]:
    """The meaning of each key of a row, as a list under the comment above its first row."""
    lines = []
    for name in written_fields(cls):
        first, *rest = textwrap.wrap(f"{name} : {SETTINGS[cls][name].note}", WIDTH - 6, break_on_hyphens=False)
        lines += [f"#   {first}", *(f"#     {line}" for line in rest)]
    return lines


def _rows(header: str, rows: Sequence[Any]) -> list[str]:
    lines = "\n".join(table_text(header, encode(row)) for row in rows).splitlines()
    return [part for line in lines for part in _broken(line)]


def _broken(line: str) -> list[str]:
    """A line, or where it is too long the list in it on several lines."""
    if len(line) <= WIDTH or "[" not in line:
        return [line]
    key, values = line.split("[", 1)
    whole = re.sub(r'(?<!",) ', "\0", values.removesuffix("]"))  # a text stays on its line
    listed = textwrap.wrap(f"{whole},", WIDTH - 4, break_on_hyphens=False, break_long_words=False)
    return [f"{key}[", *(f"    {part}".replace("\0", " ") for part in listed), "]"]


def _commented(text: str) -> list[str]:
    return [f"# {line}" for line in text.splitlines()]


def _item(header: str, item: Item) -> list[str]:
    lines = table_text(header, encode(item, sparse=True)).splitlines()
    if item.kind is ItemKind.OPENING_THEME:
        theme = Work(title="Le titre", composer="Qui l'a composé", performer="Qui le joue", use=WorkUse.THEME)
        lines += _comment("Les droits du générique se règlent une fois pour toutes, ici, et ses œuvres se notent :")
        lines.append(f"# works = {_on_one_line([theme])}")
    return lines


def _on_one_line(rows: Sequence[Any]) -> str:
    return toml_value([encode(row, sparse=True) for row in rows]).replace("\n    ", "").replace(",\n]", "]")


def _license() -> list[str]:
    licence = License(name="cc-by-nc-nd-4.0")
    return _line(f"# license = {{ name = {toml_value(licence.name)} }}", SETTINGS[Podcast]["license"].note)


_RATE = HourlyRate(start=date(2026, 1, 1), euros=12.02, source="SMIC horaire brut")

_CART = ShowCart(title="Virgule", file="sons/virgule.wav")

_JOB = Job(title="Animation des ateliers", start=date(2026, 9, 1), share=0.5, contract="CDI")

_PLATFORM = Platform(
    name="Apple Podcasts", address="https://podcasts.apple.com/", removal="Podcasts Connect, « Actualiser le flux »"
)


def _destinations(slug: str) -> Iterator[tuple[str, str, Destination]]:
    """An example of each kind of place on the web: its note, its kind, its settings."""
    public_url = f"https://media.{slug}.example/"
    yield (
        "Un hébergement compatible S3.",
        "bucket",
        BucketDestination(name="en-ligne", bucket=slug, public_url=public_url, endpoint="https://s3.hebergeur.example"),
    )
    yield (
        "Le dossier d'un hébergement web, par SFTP.",
        "sftp",
        SftpDestination(
            name="site", host="sftp.hebergeur.example", user=slug, public_url=public_url, path="www/podcast"
        ),
    )
    yield (
        "Un dossier d'un Nextcloud, ou d'un autre serveur WebDAV.",
        "webdav",
        WebdavDestination(
            name="nuage",
            address=f"https://nuage.example/remote.php/dav/files/{slug}/Podcast/",
            user=slug,
            public_url="https://nuage.example/public.php/dav/files/le-code-du-partage/",
        ),
    )


def _destination(note: str, kind: str, destination: Destination) -> list[str]:
    text = [f"[destinations.{destination.name}]", f'kind = "{kind}"', *_keys(destination)]
    return [*_comment(note), *_commented("\n".join(text))]


def _enum_note(days: type[Weekday]) -> str:
    return f" : {', '.join(days)}"
