"""The rundown of the show made from nothing: the worked example of a 55-minute magazine, at any length."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bobine.model.episode import ItemKind, PodcastRights

FULL_MINUTES = 55
"""Length of the worked example."""

SHORTEST_ITEM_S = 2
"""However short the show, an item lasts this long: loudness is measured over it."""


class Effect(StrEnum):
    """A fault of an item's sound, as real studios have them."""

    NONE = ""
    PHONE = "phone"
    CLIPPED = "clipped"
    HOLE = "hole"


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoItem:
    """One item of the show.

    Attributes:
        id: slug in the rundown.
        title: as it is announced, in the rundown and in the marks.
        kind: what it is.
        seconds: its planned length, in seconds.
        level_lufs: how loud it is recorded, LUFS, before its effect.
        sound: name of the voice or of the song that is heard.
        effect: what is wrong with it.
        source: where the sound comes from, for the rundown.
        people: who takes part, as ids.
        rights: rights of its music for the podcast; None for plain speech.
        out_cue: last words.
    """

    id: str
    title: str
    kind: ItemKind
    seconds: int
    level_lufs: float
    sound: str
    effect: Effect = Effect.NONE
    source: str
    people: tuple[str, ...] = ()
    rights: PodcastRights | None = None
    out_cue: str = ""

    @property
    def musical(self) -> bool:
        """Whether its sound is a song rather than a voice."""
        return self.kind.musical


def _music(
    item_id: str, title: str, kind: ItemKind, seconds: int, level: float, sound: str, *people: str, cut: bool = False
) -> DemoItem:
    live = kind is ItemKind.LIVE_MUSIC
    return DemoItem(
        id=item_id,
        title=title,
        kind=kind,
        seconds=seconds,
        level_lufs=level,
        sound=sound,
        source="musique live" if live else "PAD",
        people=people,
        rights=PodcastRights.CUT if cut else PodcastRights.CLEARED,
    )


def _speech(
    item_id: str,
    title: str,
    kind: ItemKind,
    seconds: int,
    level: float,
    sound: str,
    *people: str,
    source: str = "M1",
    effect: Effect = Effect.NONE,
    out_cue: str = "",
) -> DemoItem:
    return DemoItem(
        id=item_id,
        title=title,
        kind=kind,
        seconds=seconds,
        level_lufs=level,
        sound=sound,
        source=source,
        effect=effect,
        people=people,
        out_cue=out_cue,
    )


RUNDOWN = (
    _music("generique", "Générique", ItemKind.OPENING_THEME, 40, -13, "theme"),
    _speech("accueil", "Accueil, sommaire", ItemKind.TALK, 110, -21, "host", "camille"),
    _music("virgule-1", "Virgule", ItemKind.STING, 10, -15, "sting"),
    _speech("politique", "Politique locale", ItemKind.CHRONIQUE, 360, -24, "bass", "camille", "bruno", source="M1 M2"),
    _music("live-1", "Live 1", ItemKind.LIVE_MUSIC, 240, -12, "ballad", "nadia"),
    _speech("litterature", "Littérature", ItemKind.CHRONIQUE, 300, -27, "soft", "odile", source="M3"),
    _music("virgule-2", "Virgule", ItemKind.STING, 10, -15, "sting"),
    _speech("feuilleton", "Feuilleton : Pedro l'Avocat", ItemKind.SERIAL, 210, -19, "actor", "bruno", source="PAD",
            out_cue="… à jeudi !"),
    _speech("portrait", "Portrait", ItemKind.INTERVIEW, 540, -31, "guest", "camille", "lucien", source="M1 M4",
            effect=Effect.HOLE),
    _music("jingle", "Jingle", ItemKind.JINGLE, 20, -14, "theme"),
    _music("live-2", "Live 2", ItemKind.LIVE_MUSIC, 240, -11, "dance", "nadia", cut=True),
    _speech("ados", "Paroles d'ados", ItemKind.REPORT, 270, -23, "teen", "zoe", source="PAD"),
    _speech("cinema", "Cinéma", ItemKind.CHRONIQUE, 270, -35, "far", "bruno", source="M2"),
    _speech("jeu", "Jeu (au téléphone)", ItemKind.GAME, 180, -26, "caller", "camille", "marthe", effect=Effect.PHONE),
    _speech("agenda", "Agenda", ItemKind.CHRONIQUE, 180, -20, "soft", "odile", source="M3"),
    _music("live-3", "Live 3", ItemKind.LIVE_MUSIC, 210, -13, "waltz", "nadia"),
    _speech("remerciements", "Remerciements", ItemKind.TALK, 70, -18, "host", "camille", effect=Effect.CLIPPED),
    _music("generique-fin", "Générique de fin", ItemKind.CLOSING_THEME, 40, -13, "theme"),
)  # fmt: skip
"""The items aired, in order: 55 minutes."""


def planned_seconds(minutes: float) -> tuple[int, ...]:
    """The planned length of each item, in whole seconds, for a show of about so many minutes."""
    scale = minutes / FULL_MINUTES
    return tuple(max(SHORTEST_ITEM_S, round(item.seconds * scale)) for item in RUNDOWN)
