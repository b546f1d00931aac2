"""The sounds at hand that were heard in a show, out of its journal. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bobine.air.live.state import events as e
from bobine.air.live.state.bounds import fault_of
from bobine.air.live.state.undoing import without_undone


@dataclass(frozen=True, slots=True, kw_only=True)
class CartPlay:
    """One playing of a sound at hand.

    Attributes:
        sound: its file, a path relative to the workspace.
        bed: it went round until it was stopped.
        started: when; aware.
        ended: when it was over, was stopped or gave way; aware.
    """

    sound: str
    bed: bool
    started: datetime
    ended: datetime


def played_carts(events: Iterable[e.Event], over: datetime) -> tuple[CartPlay, ...]:
    """The sounds at hand that were played on air, in the order in which they began.

    Args:
        events: of the journal.
        over: when the air was given back; what still sounds then ends then.
    """
    kept, _ = without_undone(event for event in events if not fault_of(event))
    plays: list[CartPlay] = []
    for event in kept:
        match event:
            case e.CartStarted():
                plays = [_cut(one, event.at) if _gives_way(one, event) else one for one in plays]
                ends = over if event.bed else min(over, event.at + timedelta(seconds=event.seconds))
                plays.append(
                    CartPlay(sound=event.sound, bed=event.bed, started=event.at, ended=max(event.at, ends))
                )  # fmt: skip
            case e.CartStopped():
                plays = [_cut(one, event.at) if event.sound in ("", one.sound) else one for one in plays]
            case e.Ended():
                plays = [_cut(one, event.at) for one in plays]
            case e.BegunAgain():
                plays = []
    return tuple(sorted(plays, key=lambda one: one.started))


def _gives_way(one: CartPlay, event: e.CartStarted) -> bool:
    """Whether a sound ends as another begins: one of its sort, or the same (as the player does it)."""
    return one.bed == event.bed or one.sound == event.sound


def _cut(one: CartPlay, at: datetime) -> CartPlay:
    return replace(one, ended=min(one.ended, max(at, one.started)))
