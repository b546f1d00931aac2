"""What the live screen says: a word and a sign with every colour."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bobine.air.live.state.sound import Sound
from bobine.model.aired.progress import OnAir, Progress
from bobine.plan.timing.rundown import Timing, time_rundown
from bobine.plan.timing.words import next_words
from bobine.tui.kit.lists.rows import Tone
from bobine.tui.onair.words import alarm_words, gap_words, level_words, on_air_parts, recording_words
from tests.plan.rundowns import SLOT, item, paris


def guest_at(hour: int, minute: int, second: int) -> Timing:
    """The show of ``timing.md``: a guest planned for a quarter of an hour, on air since 18:17:30."""
    guest, rest = item("portrait", 15 * 60), item("agenda", 23 * 60 + 45)
    progress = Progress(on_air=OnAir(item=guest, started=paris(18, 17, 30)))
    return time_rundown((guest, rest), SLOT, progress, paris(hour, minute, second))


def test_the_guest_who_stays_makes_two_minutes() -> None:
    timing = guest_at(18, 33, 15)
    assert gap_words(timing) == ("▲ +2'00 EN RETARD", Tone.ALERT)
    assert on_air_parts(timing)[:3] == ("Portrait", "▲ DÉPASSE DE 0:45", Tone.ALERT)
    assert next_words(timing) == "Agenda 23'45 · doit partir à 18:31:15"


def test_what_is_left_is_told_before_it_is_gone() -> None:
    assert on_air_parts(guest_at(18, 32, 10))[1:3] == ("RESTE 0:20", Tone.WARN)
    assert on_air_parts(guest_at(18, 20, 0))[1:3] == ("RESTE 12:30", Tone.GOOD)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(-90, "▼ −1'30 EN AVANCE"), (-9, "✓ À L'HEURE"), (9, "✓ À L'HEURE"), (90, "▲ +1'30 EN RETARD")],
)
def test_the_gap_has_a_sign_and_words(seconds: int, words: str) -> None:
    only = item("tout", 55 * 60)
    progress = Progress(on_air=OnAir(item=only, started=SLOT[0] + timedelta(seconds=seconds)))
    timing = time_rundown((only,), SLOT, progress, SLOT[0] + timedelta(seconds=max(0, seconds)))
    assert gap_words(timing)[0] == words


def test_nobody_can_doubt_whether_it_records() -> None:
    good = recording_words(Sound(running=True, seconds=2021, peak_db=-18.4, free_minutes=212))
    assert good == ("● ENR 33:41  −18 dB  212 min", Tone.GOOD)
    assert recording_words(Sound()) == ("○ PAS D'ENREGISTREMENT · W", Tone.ALERT)
    assert recording_words(Sound(alive=True, seconds=9)) == ("! RIEN N'ENTRE", Tone.ALERT)
    silent = Sound(running=True, alive=True, seconds=5, alarms=("Silence depuis 6 s.",))
    assert recording_words(silent) == ("● ENR 0:05  !", Tone.ALERT)
    assert alarm_words(silent) == "! Silence depuis 6 s."
    assert not alarm_words(Sound())
    heard = Sound(running=True, seconds=5, peak_db=-17.6, momentary_lufs=-21.4)
    assert level_words(heard) == "Niveaux : crête −18 dB · 0,4 s −21 LUFS · 3 s : silence"
    assert not level_words(Sound())
