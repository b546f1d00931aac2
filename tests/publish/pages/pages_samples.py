"""A small show with everything that its pages can tell, and the same where every text is hostile."""

from __future__ import annotations

import dataclasses

from bobine.model.episode import ItemKind
from bobine.model.podcast import License
from bobine.model.published.release import Contributor, HeardItem, HeardWork, Origin, Release, Soundbite, Withdrawal
from bobine.model.show import Chronique, Show, Station
from tests.publish.samples import SHOW, release, stored

CHRONIQUES = (
    Chronique(id="pedro", title="Pedro l'Avocat", serial=True, description="Le droit, sans les grands mots."),
    Chronique(id="portrait", title="Portrait"),
)
MAGAZINE = dataclasses.replace(SHOW, chroniques=CHRONIQUES)
ATTACKS = (
    "<script>document.title='touché'</script>",
    '"><img src=x onerror="document.title=\'touché\'">',
    "' onfocus='document.title=1' autofocus='",
    "</script><script>document.title='touché'</script>",
    "</textarea></title></style><svg onload=\"document.title='touché'\">",
    "javascript:document.title='touché'",
    "{{ 7 * 7 }}{% raw %}",
    "http://x.example/\"onmouseover=\"document.title='touché'",
    "--> 00:00:01.000\n<b>",
)


def heard(week: int) -> tuple[HeardItem, ...]:
    """The items of an episode of 55 minutes."""
    theme = HeardWork(title="Fil rouge", composer="Les Aiguilles")
    rows = (
        ("generique", "Générique", ItemKind.OPENING_THEME, "", None, (), (theme,)),
        ("accueil", "Accueil, sommaire", ItemKind.TALK, "", None, ("Nadia Ferhat",), ()),
        ("pedro", "Le bail : qui paie quoi ?", ItemKind.SERIAL, "pedro", week + 1, ("Nadia Ferhat",), ()),
        ("chorale", "« La pelote », par la chorale", ItemKind.LIVE_MUSIC, "", None, (),
         (HeardWork(title="La pelote", author="Anne Sylvestre", composer="Anne Sylvestre", performer="La chorale"),)),
        ("portrait", "Thi-Lan, couturière", ItemKind.CHRONIQUE, "portrait", None, ("Thi-Lan Nguyen",), ()),
    )  # fmt: skip
    return tuple(
        HeardItem(
            id=name, title=title, kind=kind, start_ms=number * 660_400, end_ms=(number + 1) * 660_400, chapter=True,
            chronique=chronique, instalment=instalment, people=people, works=works,
        )
        for number, (name, title, kind, chronique, instalment, people, works) in enumerate(rows)
    )  # fmt: skip


def told(week: int = 0, **changes: object) -> Release:
    """A release with items, people, notes and a transcript."""
    whole = release(
        week,
        items=heard(week),
        description="Une fanfare : des voix.\nÀ lire : https://labobineromanaise.example/?a=1&b=2.\n\n"
        "00:00:00 Générique\n00:11:00 Accueil\n00:22:00 Pedro",
        people=(Contributor(name="Nadia Ferhat", role="host"), Contributor(name="Thi-Lan Nguyen", role="guest")),
        transcripts=(stored("bobine-romanaise/transcripts/2026-11-26-HASH.vtt", "text/vtt", 900),),
    )
    return dataclasses.replace(whole, **changes)  # type: ignore[arg-type]


SAID = b"""WEBVTT

NOTE of a machine

1
00:00:01.000 --> 00:00:04.000
<v Nadia Ferhat>Bonsoir &amp; bienvenue,

2
00:00:04.000 --> 00:00:06.500
<v Nadia Ferhat>ici <i>La Bobine</i> !

00:12.000 --> 00:15.000 align:start
<v Thi-Lan Nguyen>Je couds depuis vingt ans.
"""
"""A transcript in WebVTT."""


def withdrawn(week: int) -> Release:
    return told(week, withdrawn=Withdrawal(at=told(week).updated, reason="à la demande d'une personne entendue"))


def hostile_show(attack: str) -> Show:
    podcast = dataclasses.replace(SHOW.podcast, author=attack, license=License(name=attack, url=attack), link=attack)
    return dataclasses.replace(
        SHOW,
        title=attack,
        tagline=attack,
        description=attack,
        station=Station(name=attack, frequency=attack),
        chroniques=(Chronique(id="pedro", title=attack, description=attack),),
        podcast=podcast,
    )


def hostile(attack: str, week: int = 0) -> Release:
    """A release that says the same hostile text in every field."""
    items = tuple(
        dataclasses.replace(
            item,
            title=attack,
            people=(attack,),
            works=(HeardWork(title=attack, author=attack, composer=f"{attack} ", performer=attack),),
        )
        for item in heard(week)
    )
    people = (Contributor(name=attack, role=attack), Contributor(name=f"{attack}!", role="host"))
    return told(
        week,
        title=attack,
        description=f"{attack}\n\n{attack}",
        items=items,
        people=people,
        discussion=attack,
        soundbites=(Soundbite(start_ms=0, duration_ms=9000, title=attack),),
    )


def hostile_gone(attack: str, week: int) -> Release:
    """A release that was withdrawn, for a hostile reason."""
    return dataclasses.replace(hostile(attack, week), withdrawn=Withdrawal(at=told(week).updated, reason=attack))


def hostile_taken_over(attack: str, week: int) -> Release:
    """A release that came from another host, with hostile notes."""
    origin = Origin(enclosure=attack, feed=attack, page=attack, notes=attack, says_season=True, season_name=attack)
    return dataclasses.replace(hostile(attack, week), origin=origin)
