"""The scenes to be drawn: the keys that lead to each, and what is on air or online in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from bobine.air.carts.choose import Cart
from bobine.air.carts.deck import Deck, Face
from bobine.air.carts.player import Playing
from bobine.air.live.journal import Journal
from bobine.air.live.rehearsal import NoRecorder
from bobine.air.live.stage import Stage
from bobine.air.live.state.events import Taken
from bobine.air.live.state.sound import Sound
from bobine.evening.corrections.decisions import begun
from bobine.model.published.corrections import Act, Correction
from bobine.model.published.release import FormerFile, Withdrawal
from bobine.store.documents.episodes import read_episode
from bobine.store.records.corrections import change_corrections, corrections_path
from bobine.store.records.releases import read_releases, write_release
from bobine.store.workspace import Workspace
from bobine.tui.app import BobineApp
from bobine.tui.documents.desk import Desk

NOW = datetime(2026, 11, 24, 18, 0, tzinfo=ZoneInfo("Europe/Paris"))
AFTER = datetime(2018, 8, 1, 18, 0, tzinfo=ZoneInfo("Europe/Paris"))

IN_ALL = ("saison", "conducteur", "fiche", "quoi-couper", "idees", "equipe", "heures", "reglages", "en-ligne", "bilan")
"""The scenes that are drawn at each size and in both themes, as the live ones; the others in 80×24 and light."""

SCENES: dict[str, Sequence[str]] = {
    "saison": (),
    "conducteur": ("enter", *["down"] * 8),
    "trop-long": ("enter", "down", *["plus"] * 9),
    "fiche": ("enter", *["down"] * 3, "enter"),
    "ajouter": ("enter", *["down"] * 4, "a"),
    "quoi-couper": ("enter", "down", *["plus"] * 12, "c"),
    "qui": ("enter", *["down"] * 5, "p", "text:Fatou"),
    "participants": ("enter", "l"),
    "imprimer": ("enter", "i"),
    "aide": ("enter", "question_mark"),
    "idees": ("f4", "down"),
    "equipe": ("f5", "tab", "right", "down"),
    "heures": ("b", "t", "down", "space", "plus", "plus"),
    "reunion": ("b", "tab", "a"),
    "reglages": ("f8", "down", "down", "down"),
    "fiche-reglages": ("f8", "enter"),
    "en-ligne": ("f9",),
    "retirer": ("f9", *["down", "up"] * 3, "r", "enter"),
    "bilan": ("f12", *["down"] * 15),
    "d-ou-vient-il": ("f12", *["down"] * 13, "enter"),
    "commandes": ("enter", "ctrl+p"),
}
"""The keys that lead to each picture, from the first screen on."""


ON_AIR: dict[str, tuple[float, Sound]] = {
    "antenne": (
        0,
        Sound(running=True, seconds=2021, peak_db=-18, momentary_lufs=-20, short_term_lufs=-22, free_minutes=212),
    ),
    "antenne-en-retard": (
        135,
        Sound(running=True, seconds=2156, peak_db=-16, momentary_lufs=-19, short_term_lufs=-21, free_minutes=209),
    ),
    "antenne-en-avance": (
        -240,
        Sound(running=True, seconds=1781, peak_db=-20, momentary_lufs=-23, short_term_lufs=-24, free_minutes=216),
    ),
    "antenne-silence": (
        20,
        Sound(running=True, seconds=2041, peak_db=-78, free_minutes=211, alarms=("Silence depuis 12 s.",)),
    ),
    "antenne-sans-enregistrement": (20, Sound()),
    "antenne-sons": (
        0,
        Sound(running=True, seconds=2021, peak_db=-18, momentary_lufs=-20, short_term_lufs=-22, free_minutes=212),
    ),
}
"""The live screen at 18:33:15: how late the show is, in seconds, and what the recorder says."""


class Recorder(NoRecorder):
    """A recorder that says what it is told to."""

    def __init__(self, sound: Sound) -> None:
        self._sound = sound

    def sound(self) -> Sound:
        """That."""
        return self._sound


class Carts(Deck):
    """Carts that are at hand and play without a sound."""

    def __init__(self) -> None:
        """Nothing is opened."""

    trouble, ended = "", None

    def follow(self, *_: object) -> None:
        """They stay what they are."""

    def faces(self) -> tuple[Face, ...]:
        """A report that is about to end, over nothing; a bed and stings wait."""
        said = (("1", "Paroles d'ados", 270, "… des bancs, quoi."), ("2", "Générique de fin", 40, ""),
                ("3", "Marché du samedi", 180, ""), ("7", "Tapis Fil rouge", 61, ""), ("8", "Jingle", 20, ""),
                ("9", "Virgule", 5, ""))  # fmt: skip
        return tuple(
            Face(
                Cart(key=key, title=title, file=key, out_cue=cue, bed=title.startswith("Tapis")),
                timedelta(seconds=length),
                "",
                Playing(key, (length - 7) * 48000, length * 48000, loop=False, fading=False) if key == "1" else None,
            )
            for key, title, length, cue in said
        )

    def close(self) -> None:
        """Nothing to close."""


def live_app(workspace: Workspace, late_s: float, sound: Sound) -> BobineApp:
    """The live screen in the middle of the example's show."""
    show, day = workspace.shows[0], date(2026, 11, 26)
    start = show.slot.bounds(day)[0]
    path = workspace.folder(show, day).path / "journal.jsonl"
    journal = Journal(path)
    items = read_episode(workspace, show, day).items[:11]
    whole = sum((item.duration for item in items[:-1]), timedelta())
    gone = timedelta()
    for item in items:
        journal.append(Taken(at=start + gone * (1 + timedelta(seconds=late_s) / whole), item=item))
        gone += item.duration
    now = datetime(2026, 11, 26, 18, 33, 15, tzinfo=NOW.tzinfo)
    return BobineApp(Desk(workspace, show, lambda: now), day, on_air=Stage(path, Recorder(sound)))


def amended(workspace: Workspace) -> None:
    """Of what is online, one episode was changed since, one corrected, one withdrawn."""
    show = workspace.shows[0]
    online = [
        folder
        for day in reversed(workspace.episode_dates(show))
        if read_releases((folder := workspace.folder(show, day)).release)
    ]
    changed, corrected, withdrawn = online[:3]
    plan = changed.plan.read_text("utf-8")
    changed.plan.write_text(plan.replace('title = "', 'title = "Jeudi : ', 1), "utf-8")
    at = NOW - timedelta(days=2)
    for folder, act, reason in (
        (corrected, Act.CORRECT, "un nom mal écrit"),
        (withdrawn, Act.WITHDRAW, "à la demande d'une invitée"),
    ):
        (local,) = read_releases(folder.release).values()
        former = (FormerFile(key=local.release.audio[0].file.key, until=at + timedelta(days=7)),)
        withdrawal = Withdrawal(at=at, reason=reason) if act is Act.WITHDRAW else None
        write_release(
            folder.release, replace(local, release=replace(local.release, former=former, withdrawn=withdrawal))
        )
        change = Correction(at=at, act=act, destination=local.destination, reason=reason, done=True)
        change_corrections(corrections_path(folder.path), partial(begun, new=change))
