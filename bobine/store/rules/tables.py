"""Rules beyond types for the files that people write: shows, destinations, episodes, teams and ideas.

A rule looks at one value or one table at a time; what binds several tables is in ``crosschecks``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from bobine.french import enumerate_words
from bobine.model.counted.subsidy import ActionForm, ActionTheme, Job, Subsidy
from bobine.model.destination import BucketDestination, FolderDestination, SftpDestination, WebdavDestination
from bobine.model.episode import Episode, Item
from bobine.model.fields.field import FieldType
from bobine.model.fields.tables import FIELDS
from bobine.model.hours import HourlyRate
from bobine.model.ideas import Idea, IdeaStatus
from bobine.model.people import Person
from bobine.model.podcast import License, Platform, Podcast
from bobine.model.recording import RecordingSettings
from bobine.model.show import Chronique, Election, Holiday, SeasonCalendar, Show, Slot, Sound, Station
from bobine.model.team import TEAM_ROLES
from bobine.model.written.durations import format_duration
from bobine.store.codec.decode import FieldRule, Rules
from bobine.store.codec.spelling import unknown_value
from bobine.store.rules import podcast_texts, servers, texts
from bobine.store.rules.apple_categories import CATEGORIES

MP3_RATES = (64, 96, 112, 128, 160, 192, 256, 320)
"""Constant bit rates of MPEG-1 layer III that suit stereo speech and music, kb/s."""

RECORDING_RATES = (44100, 48000, 96000)
"""Sampling rates that a recording may have, Hz."""

MOST_CHANNELS = 64
"""Channels of an input that may be told apart: more than any mixer's."""

SHORTEST_SOUNDBITE, LONGEST_SOUNDBITE = timedelta(seconds=15), timedelta(minutes=2)
"""Bounds of an extract (podcast namespace, soundbite)."""

LONGEST_SLOT = timedelta(hours=12)
"""The longest slot that passes midnight; a longer one is taken for an end written before its start."""


def _category(name: str) -> str | None:
    return None if name in CATEGORIES else f"une catégorie d'Apple était attendue ; {unknown_value(name, CATEGORIES)}"


def _item(fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    duration, shortest, longest = fields.get("duration"), fields.get("min"), fields.get("max")
    if duration and shortest and shortest > duration:
        yield "min", f"{format_duration(shortest)} est plus long que la durée prévue, {format_duration(duration)}"
    if duration and longest and longest < duration:
        yield "max", f"{format_duration(longest)} est plus court que la durée prévue, {format_duration(duration)}"
    people = fields.get("people", ())
    if len(set(people)) < len(people):
        yield "people", "la même personne y est citée deux fois"
    objectives = fields.get("objectives", ())
    if len(set(objectives)) < len(objectives):
        yield "objectives", "le même objectif y est deux fois"


def _person(fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    held, learned = fields.get("also", ()), fields.get("understudy", ())
    for key, roles in (("also", held), ("understudy", learned)):
        others = [role for role in roles if role not in TEAM_ROLES]
        if others:
            known = enumerate_words([str(role) for role in TEAM_ROLES], "ou")
            yield key, f"« {others[0]} » n'est pas un rôle de l'équipe : {known} était attendu"
        elif len(set(roles)) < len(roles):
            yield key, "le même rôle y est deux fois"
    main = fields.get("role")
    if main in held:
        yield "also", f"« {main} » est déjà dans « role » : enlevez-le d'ici"
    both = [role for role in learned if role == main or role in held]
    if both:
        yield "understudy", f"la personne tient déjà le rôle « {both[0]} » : elle n'en est pas la doublure"


def _idea(fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    planned = fields.get("status") is IdeaStatus.PLANNED
    if planned and "planned_for" in fields and fields["planned_for"] is None:
        yield "planned_for", "une idée programmée dit pour quel jour, comme 2026-11-26"
    elif fields.get("planned_for") is not None and not planned and "status" in fields:
        yield "planned_for", 'seule une idée programmée (status = "planned") a un jour : enlevez cette clé'


def _slot(fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    start, end = fields.get("start"), fields.get("end")
    if start is None or end is None:
        return
    if start == end:
        yield "end", f"la fin ({end}) est la même heure que le début"
        return
    day = date(2000, 1, 1)
    length = datetime.combine(day, end) - datetime.combine(day, start)
    if length < timedelta():
        length += timedelta(days=1)
        if length > LONGEST_SLOT:
            yield "end", f"la fin ({end}) est avant le début ({start})"
            return
    tolerance = fields.get("tolerance")
    if tolerance and tolerance >= length:
        yield "tolerance", f"{format_duration(tolerance)} ne va pas : le créneau dure {format_duration(length)}"


def _window(fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    start, end = fields.get("start"), fields.get("end")
    if start and end and end < start:
        yield "end", f"la fin ({end}) est avant le début ({start})"


def _subsidy(fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key in ("themes", "forms"):
        ids = [row.id for row in fields.get(key, ())]
        if len(set(ids)) < len(ids):
            yield key, "deux lignes y ont le même nom court (id)"


def _episode(fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    length = fields.get("soundbite_for")
    if length and not SHORTEST_SOUNDBITE <= length <= LONGEST_SOUNDBITE:
        yield "soundbite_for", f"un extrait dure de 15 s à 2 min, pas {format_duration(length)}"


def _podcast(fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    category, subcategory = fields.get("category", ""), fields.get("subcategory")
    if not subcategory or category not in CATEGORIES:
        return
    own = CATEGORIES[category]
    if not own:
        yield "subcategory", f"la catégorie « {category} » n'a pas de sous-catégorie : enlevez cette clé"
    elif subcategory not in own:
        yield "subcategory", f"une sous-catégorie de « {category} » était attendue ; {unknown_value(subcategory, own)}"


def _license(fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    name = fields.get("name", "")
    if name and " " in name and not fields.get("url"):
        yield "url", "une licence qui n'est pas un identifiant SPDX (comme cc-by-4.0) demande l'adresse de son texte"


def _sound(fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    formats = fields.get("formats")
    if formats is None:
        return
    if not formats:
        yield "formats", 'au moins un format était attendu, comme ["mp3", "opus"]'
    elif len(set(formats)) < len(formats):
        yield "formats", f"le même format y est deux fois : {enumerate_words(formats)}"


def _recording(fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    pair, channels = fields.get("pair"), fields.get("channels")
    if not pair:
        return
    wrong = [number for number in pair if not 1 <= number <= MOST_CHANNELS]
    if wrong:
        yield "pair", f"{wrong[0]} n'est pas une voie : elles se comptent de 1 à {MOST_CHANNELS}"
    elif channels is not None and len(pair) != channels:
        wanted = "deux voies, gauche puis droite, comme [3, 4]" if channels == 2 else "une seule voie, comme [3]"
        yield "pair", f"un enregistrement à {channels} voie{'s' if channels == 2 else ''} demande ici {wanted}"


_BY_TYPE: dict[FieldType, FieldRule] = {
    FieldType.ID: texts.slug,
    FieldType.LENGTH: texts.positive,
    FieldType.COUNT: texts.at_least(1),
    FieldType.LINES: texts.several_lines,
    FieldType.ISRC: texts.isrc,
    FieldType.EAN: texts.ean,
    FieldType.ADDRESS: texts.web_address,
    FieldType.NAMES: texts.names,
}
"""Rules of the declared fields, by their type; a text has the rule of every text."""

RULES = Rules(
    text=texts.one_line,
    fields={
        (Show, "slug"): texts.slug,
        (Show, "description"): texts.several_lines,
        (Show, "language"): texts.language,
        (Slot, "timezone"): texts.time_zone,
        (Slot, "arrival"): texts.positive,
        (SeasonCalendar, "first_month"): texts.between(1, 12),
        (SeasonCalendar, "last_month"): texts.between(1, 12),
        (SeasonCalendar, "first_year"): texts.between(1900, 2200),
        (Chronique, "id"): texts.slug,
        (Chronique, "every_weeks"): texts.between(1, 52, "semaines"),
        (Chronique, "duration"): texts.positive,
        (Chronique, "description"): texts.several_lines,
        (HourlyRate, "euros"): texts.between(0.01, 1000, "euros"),
        (Subsidy, "due_month"): texts.between(1, 12),
        (Subsidy, "due_day"): texts.between(1, 31),
        (ActionTheme, "id"): texts.slug,
        (ActionTheme, "points"): texts.between(0, 20, "points"),
        (ActionForm, "id"): texts.slug,
        (Job, "share"): texts.between(0.05, 1),
        (Sound, "integrated_lufs"): texts.between(-40, -5, "LUFS"),
        (Sound, "true_peak_dbtp"): texts.between(-9, 0, "dBTP"),
        (Sound, "tolerance_lu"): texts.between(0.1, 3, "LU"),
        (Sound, "spread_lu"): texts.between(0.1, 20, "LU"),
        (Sound, "max_gain_db"): texts.between(0, 60, "dB"),
        (Sound, "leveling_db"): texts.between(0, 12, "dB"),
        (Sound, "warn_gain_db"): texts.between(0, 60, "dB"),
        (Sound, "dead_air"): texts.positive,
        (Sound, "mp3_kbps"): texts.one_of(MP3_RATES, "kb/s"),
        (Sound, "opus_kbps"): texts.between(16, 256, "kb/s"),
        (RecordingSettings, "input"): texts.sound_input,
        (RecordingSettings, "rate"): texts.one_of(RECORDING_RATES, "Hz"),
        (RecordingSettings, "channels"): texts.between(1, 2, "voies"),
        (RecordingSettings, "silence"): texts.positive,
        (RecordingSettings, "output"): texts.sound_output,
        (RecordingSettings, "keep_days"): texts.between(31, 3660, "jours"),
        (Station, "stream"): texts.web_address,
        (License, "url"): texts.web_address,
        (Podcast, "funding"): texts.web_address,
        (Podcast, "funding_text"): podcast_texts.at_most(128),
        (Podcast, "location"): podcast_texts.at_most(128),
        (Podcast, "location_geo"): podcast_texts.geo,
        (Podcast, "location_osm"): podcast_texts.osm,
        (Podcast, "location_country"): podcast_texts.country,
        (Podcast, "discussion"): texts.web_address,
        (Podcast, "hub"): texts.web_address,
        (Podcast, "podping"): servers.sealed_address,
        (Podcast, "txt"): texts.several_lines,
        (Podcast, "txt_purpose"): podcast_texts.at_most(128),
        (Podcast, "podroll"): podcast_texts.guids,
        (Podcast, "link"): texts.web_address,
        (Podcast, "new_feed_url"): texts.web_address,
        (Podcast, "owner_email"): texts.email,
        (Podcast, "category"): _category,
        (Podcast, "copyright"): texts.plain_copyright,
        (Podcast, "guid"): texts.guid,
        (Podcast, "keep_former_days"): texts.between(0, 3660, "jours"),
        (Platform, "address"): texts.web_address,
        (FolderDestination, "public_url"): texts.folder_address,
        (BucketDestination, "bucket"): texts.bucket,
        (BucketDestination, "public_url"): texts.folder_address,
        (BucketDestination, "endpoint"): texts.web_address,
        (BucketDestination, "prefix"): texts.key_prefix,
        (BucketDestination, "upload_ahead_kbps"): texts.between(0, 1_000_000, "kbit/s"),
        (SftpDestination, "host"): servers.host,
        (SftpDestination, "user"): servers.user,
        (SftpDestination, "public_url"): texts.folder_address,
        (SftpDestination, "path"): servers.server_folder,
        (SftpDestination, "port"): texts.between(1, 65535),
        (SftpDestination, "fingerprint"): servers.fingerprint,
        (SftpDestination, "known_hosts"): servers.local_file,
        (SftpDestination, "key_file"): servers.local_file,
        (SftpDestination, "password_variable"): servers.variable,
        (WebdavDestination, "address"): servers.webdav_address,
        (WebdavDestination, "user"): servers.user,
        (WebdavDestination, "public_url"): texts.folder_address,
        (WebdavDestination, "password_variable"): servers.variable,
        **{
            (cls, field.name): _BY_TYPE[field.holds]
            for cls, fields in FIELDS.items()
            for field in fields.values()
            if field.holds in _BY_TYPE
        },
    },
    tables={
        Item: _item,
        Episode: _episode,
        Person: _person,
        Idea: _idea,
        Slot: _slot,
        Election: _window,
        Holiday: _window,
        Job: _window,
        Podcast: _podcast,
        License: _license,
        Sound: _sound,
        Subsidy: _subsidy,
        RecordingSettings: _recording,
    },
)
"""For ``shows.toml``, ``episode.toml``, ``team.toml``, ``ideas.toml`` and ``hours.toml``."""
