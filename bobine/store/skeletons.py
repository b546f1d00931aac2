"""The files that people start from, with the comments that explain them: a new ``shows.toml``, a new ``episode.toml``.

Pure: what is made here is text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from bobine.french import long_date, sort_key
from bobine.model.episode import Item, ItemKind, PodcastRights
from bobine.model.show import SeasonCalendar, Show
from bobine.store.encode import encode, toml_table

GITIGNORE = """\
# tout ce qui se refabrique à partir du conducteur et de l'enregistrement, et les états passés des conducteurs
/feed/*
episodes/**/master/
episodes/**/recording/
episodes/**/carts/
episodes/**/repetition/
episodes/**/history/
*.lock
"""
"""For a workspace kept in git: what is derived, or too big, stays out."""

_SHOWS = """\
# L'atelier de « {plain_title} »
#
# Ce fichier décrit l'émission : son créneau, sa saison, ses chroniques, le son attendu et le podcast.
# Ce qui suit un # est une explication, l'ordinateur ne la lit pas. Un texte ou une durée se met entre guillemets
# ("3'30") ; un nombre, une date ou une heure non. « bobine verifier » dit si tout est bien écrit.

[shows.{slug}]
title = {title}
tagline = ""
description = "À écrire : ce que lisent les gens dans leur application de podcast."
language = "fr"

[shows.{slug}.station]
name = "Ma radio"
frequency = ""

# Le créneau. day : monday, tuesday, wednesday, thursday, friday, saturday ou sunday.
[shows.{slug}.slot]
day = "thursday"
start = 18:00:00
end = 18:55:00
timezone = "Europe/Paris"

# Les mois de la saison, l'année où la saison 1 a commencé, et les semaines sans émission, par exemple :
# holidays = [{{ name = "Noël", start = {year}-12-19, end = {next_year}-01-03 }}]
[shows.{slug}.season]
first_month = 10
last_month = 7
first_year = {year}
holidays = []

# Les chroniques : every_weeks = 1 pour toutes les semaines, 2 pour une sur deux ; serial = true pour un feuilleton.
[[shows.{slug}.chroniques]]
id = "agenda"
title = "Agenda"
every_weeks = 1
duration = "3'00"

# Les niveaux du podcast : ceux de tous les autres, à laisser ainsi sans raison précise.
[shows.{slug}.sound]
integrated_lufs = -16.0
true_peak_dbtp = -1.0
formats = ["mp3", "opus"]

# L'enregistrement de l'antenne. input : d'où vient le son. « pulse:default » convient à presque tous les Linux
# (« bobine antenne prochaine --controle » donne la liste) ; sinon « alsa:hw:0,0 », « jack:bobine », l'adresse du flux
# de la radio (https://…), ou « file:chemin » pour un fichier de l'atelier. Vide : rien n'est enregistré. pair : les
# voies d'une table qui en a plus, gauche puis droite, comme [3, 4] ; vide : les premières. second : un dossier où
# garder une deuxième copie en même temps, comme celui d'une clé USB ; vide : pas de deuxième copie. output : par où
# sont joués les sons que lancent les chiffres en direct, comme « pulse:default » ou « alsa:hw:0,0 » ; vide : aucun.
[shows.{slug}.recording]
input = ""
rate = 48000 # échantillons par seconde
channels = 2 # 2 pour la stéréo, 1 pour la mono
pair = []
second = ""
silence = "5 s" # un silence plus long que cela est signalé pendant le direct
output = ""
keep_days = 31 # la loi demande de garder un mois ce qui est passé à l'antenne : pas de purge avant (31 jours au moins)

[shows.{slug}.podcast]
link = "https://{slug}.example/" # à remplacer par la page de l'émission
author = {title}
category = "Society & Culture" # un nom de la liste d'Apple, en anglais
copyright = "" # le nom de l'association, sans © ni année
guid = "" # l'identité du podcast, écrite ici par la première publication : ensuite, n'y touchez plus jamais
destination = "local"

# Les sons que chaque émission a sous la main en direct, en plus des PAD de son conducteur : un chiffre les lance.
# bed = true est un tapis : plus doux, il tourne jusqu'à ce qu'on l'arrête.
# [[shows.{slug}.carts]]
# title = "Virgule"
# file = "sons/virgule.wav" # dans le dossier de l'atelier

# Le modèle que chaque nouvelle émission recopie.
{template}
# Où le podcast est publié : ici un dossier de cet ordinateur, à écouter avec « bobine servir ».
[destinations.local]
kind = "folder"
path = "feed"
public_url = "http://localhost:8470/"

# Un hébergement compatible S3 ; le mot de passe vient de l'environnement ou d'un profil AWS, jamais d'ici.
# [destinations.en-ligne]
# kind = "bucket"
# endpoint = "https://s3.hebergeur.example"
# bucket = "{slug}"
# public_url = "https://media.{slug}.example/"
"""

# id, title, kind, duration, other lines
_TEMPLATE = (
    ("generique", "Générique", "opening-theme", "0'40", 'source = "PAD"'),
    ("accueil", "Accueil, sommaire", "talk", "3'00", ""),
    ("chronique", "Première chronique", "chronique", "12'00", ""),
    ("pause-musicale", "Pause musicale", "music", "4'00", ""),
    ("entretien", "Entretien", "interview", "25'00", ""),
    ("agenda", "Agenda", "chronique", "8'40", 'chronique = "agenda"\ndroppable = true'),
    ("remerciements", "Remerciements", "talk", "1'00", ""),
    ("generique-de-fin", "Générique de fin", "closing-theme", "0'40", 'source = "PAD"'),
)

_EPISODE = """\
# Le conducteur du {long_day}
#
# Chaque [[items]] est un élément, dans l'ordre de passage. « duration » est la durée prévue ; « droppable = true » dit
# qu'il est coupable, « standby = true » qu'il est en réserve et ne compte pas, « file » où est le son d'un PAD, depuis
# ce dossier. Pour la musique, « podcast » dit si elle peut être dans le podcast : "cleared" (oui, c'est signé), "cut"
# (non, on l'enlève) ou "unknown" (on ne sait pas encore : le montage attendra). Les œuvres se notent ainsi, sous leur
# élément :
# [[items.works]]
# title = "Le titre"
# composer = "Qui l'a composée"
# performer = "Qui la joue"
# use = "live" # live, full (un disque), bed (un tapis) ou theme (un générique)

date = {day}
season = {season}
number = {number}
title = {title}
summary = ""

# Qui est là. L'équipe n'a rien à signer ; les personnes invitées et les musicien·nes, si : on note « signed » et où est
# rangée la feuille. Pour une personne mineure : minor = true, et representative = le nom de qui a signé pour elle.
# [[people]]
# id = "camille" # le nom court, à mettre dans « people » des éléments
# name = "Camille Exemple"
# role = "guest" # host, technician, editor, interviewer, welcome, contributor, guest ou musician
# confirmed = false # true quand la personne invitée a dit oui
# consent = "requested" # none, requested, signed ou refused
# consent_reference = "classeur, feuille 1"

{items}"""


def slug_of(title: str) -> str:
    """A short name made from a title: ``La Bobine d'ici`` gives ``la-bobine-d-ici``."""
    return re.sub(r"[^a-z0-9]+", "-", sort_key(title)).strip("-")[:40].rstrip("-") or "emission"


def shows_text(title: str, today: date) -> str:
    """A ``shows.toml`` that works as it is, for one new show.

    Args:
        title: the show's title; one safe line.
        today: season 1 is the one it falls in, or the next to open.
    """
    year = today.year if today.month > SeasonCalendar().last_month else today.year - 1
    slug = slug_of(title)
    rows = [
        f'[[shows.{slug}.template]]\nid = "{item_id}"\ntitle = "{name}"\nkind = "{kind}"\nduration = "{duration}"\n'
        + (f"{more}\n" if more else "")
        for item_id, name, kind, duration, more in _TEMPLATE
    ]
    return _SHOWS.format(
        plain_title=title, title=_quoted(title), slug=slug, year=year, next_year=year + 1, template="\n".join(rows)
    )


def episode_text(show: Show, day: date, season: int, number: int, items: Sequence[Item] | None = None) -> str:
    """A new ``episode.toml``.

    Args:
        show: whose.
        day: the day of broadcast.
        season: number of its season.
        number: its number in the season.
        items: the rundown that it starts from; by default the show's template.
    """
    return _EPISODE.format(
        long_day=long_date(day),
        day=day.isoformat(),
        season=season,
        number=number,
        title=_quoted(f"Émission du {long_date(day)}"),
        items=_items_text(show.template if items is None else items),
    )


def _items_text(items: Sequence[Item]) -> str:
    return toml_table({"items": [_plain(item) for item in items]}).as_string() if items else ""


def _plain(item: Item) -> dict[str, Any]:
    """The item as it is written: what its kind needs to be filled in is there, even when it is empty."""
    plain = encode(item, sparse=True)
    if item.podcast_rights is PodcastRights.UNKNOWN:
        plain["podcast"] = str(PodcastRights.UNKNOWN)
    if item.kind.spoken or item.kind is ItemKind.LIVE_MUSIC:
        plain["people"] = []
    return plain


def _quoted(text: str) -> str:
    import tomlkit

    return str(tomlkit.item(text).as_string())
