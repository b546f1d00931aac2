"""What is said of a file that was surveyed: the kind, the place, and a sentence."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bobine.air.importing.judgement import length_remarks, refuse_unusable, remarks
from bobine.errors import SoundError
from bobine.sound.plan import Plan, Source
from bobine.sound.survey import SoundInfo
from bobine.sound.timeline import Format, Incident
from bobine.sound.tracks import Track

WHOLE = SoundInfo(48_000, 2, 48_000 * 60, 60.0, -3.0, 0, "")
HOUR = timedelta(minutes=1)
STEREO = Source(48_000, 2)


def tracks(*names: str, heard: tuple[int, ...]) -> Plan:
    return Plan(
        tuple(replace(STEREO, track=number) for number in heard),
        tuple(Track("aac", "stereo", title=name) for name in names),
        60.0,
    )


CASES: dict[str, tuple[dict[str, Any], str, float | None, str]] = {
    "truncated": ({"declared_s": 90.0}, "truncated", 60.0, "il manque 0'30 à la fin"),
    "cut off": ({"declared_s": 90.0, "torn": (Incident(59.9, 0, 2, "x"),)}, "truncated", 60.0, "0'30"),
    "torn": (
        {"torn": (Incident(25, 1.25, 4, "x"),)},
        "damage",
        25,
        "abîmé à 0:25,0 : 4 erreurs de décodage, 1,25 s de son perdues",
    ),
    "one error": ({"torn": (Incident(3661.04, 0, 1, "x"),)}, "damage", 3661.04, "à 1:01:01,0 : 1 erreur de décodage"),
    "hole": ({"holes": (Incident(30, 5),)}, "gap", 30, "un trou de 5,00 s à 0:30,0"),
    "late": ({"holes": (Incident(0, 2),)}, "gap", 0, "ne commence qu'à 2,00 s"),
    "format": (
        {"formats": (Format(0, 44_100, 1), Format(10, 48_000, 2))},
        "format",
        10,
        "change à 0:10,0, de 44,1 kHz mono à 48,0 kHz stéréo",
    ),
    "mono": ({"channels": 1}, "channels", None, "en mono"),
    "six": ({"channels": 6, "plan": Plan((Source(48_000, 6),), (), 60.0)}, "channels", None, "tous entendus au centre"),
    "film": (
        {"channels": 3, "plan": Plan((Source(48_000, 3, ("FL", "FR", "FC")),), (), 60.0)},
        "channels",
        None,
        "disposition que le fichier déclare",
    ),
    "two tracks": (
        {"plan": tracks("Studio", "Invité", heard=(0, 1))},
        "tracks",
        None,
        "1 « Studio » et 2 « Invité ». Elles sont mixées.",
    ),
    "a silent one": ({"plan": tracks("", "", heard=(1,))}, "tracks", None, "1 et 2. La piste 2 est gardée"),
    "two of three": ({"plan": tracks("", "", "", heard=(0, 2))}, "tracks", None, "Les pistes 1 et 3 sont mixées"),
    "clipping": ({"full_scale_samples": 48_000, "peak_dbfs": 0.0}, "clipping", None, "sature souvent (0,8 %"),
    "low rate": ({"rate": 8000, "samples": 480_000}, "format", None, "8,0 kHz"),
}


@pytest.mark.parametrize(("fields", "kind", "at_s", "text"), CASES.values(), ids=CASES.keys())
def test_each_thing_is_said_once_with_its_place(
    fields: dict[str, Any], kind: str, at_s: float | None, text: str
) -> None:
    (remark,) = remarks("x.wav", replace(WHOLE, **fields))
    assert (remark.kind.value, remark.at_s) == (kind, at_s)
    assert text in remark.text
    assert remark.text.endswith(".")


def test_nothing_is_said_of_a_sound_file() -> None:
    assert remarks("x.wav", WHOLE) == ()
    assert length_remarks(WHOLE, HOUR) == ()


def test_a_recording_that_is_far_too_long_is_doubted() -> None:
    (remark,) = length_remarks(replace(WHOLE, samples=48_000 * 3600), HOUR)
    assert remark.kind.value == "length"
    assert "dure 1 h 00'00 pour 1'00" in remark.text


@pytest.mark.parametrize("count", [9, 20, 500])
def test_many_places_are_told_shortly(count: int) -> None:
    places = tuple(Incident(float(number), 0.5, 1, "x") for number in range(0, 50 * count, 50))
    found = remarks("x.wav", replace(WHOLE, torn=places, holes=places, samples=48_000 * 60))
    assert len(found) == 18
    assert f"{count - 8} autre" in found[8].text


@pytest.mark.parametrize("declared_s", [61.5, 90.0, 1e9])
def test_a_truncated_file_is_refused_unless_told(declared_s: float) -> None:
    info = replace(WHOLE, declared_s=declared_s)
    with pytest.raises(SoundError, match="est tronqué"):
        refuse_unusable("x.wav", info, accept_damage=False)
    refuse_unusable("x.wav", info, accept_damage=True)
    with pytest.raises(SoundError, match="silencieux"):
        refuse_unusable("x.wav", replace(info, peak_dbfs=None), accept_damage=True)
