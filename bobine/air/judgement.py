"""Whether a sound file can stand for a show's recording, and what about it should be said."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

from bobine.errors import DoubtfulError, SoundError
from bobine.french import decimal
from bobine.model.durations import format_duration
from bobine.sound.survey import SoundInfo

_MISSING_S = 1
_CLIPPED_SHARE = 0.002
_CLIPPED_DBFS = -0.1
_LOW_RATE = 32_000
_SPARE = timedelta(minutes=10)


def refuse_unusable(
    name: str,
    info: SoundInfo,
    promised_s: Fraction | None,
    *,
    accept_damage: bool,
    accept_silence: bool = False,
) -> None:
    """Refuse silence, and a file that ends before its header says.

    Args:
        name: the file's name, safe to show.
        info: what decoding it found.
        promised_s: seconds that its WAV header promises, None where it has none.
        accept_damage: take a truncated file as it is.
        accept_silence: take a silent file: it is a part of a recording that is not.

    Raises:
        SoundError: if the file cannot stand for the recording.
    """
    if info.peak_dbfs is None and not accept_silence:
        raise SoundError(
            f"« {name} » est silencieux d'un bout à l'autre : vérifiez quelle entrée a été enregistrée, ou le choix du "
            "fichier."
        )
    missing = _missing_s(info, promised_s)
    if missing > _MISSING_S and not accept_damage:
        raise DoubtfulError(
            f"« {name} » est tronqué : il annonce {_time(info.duration_s + missing)} et n'en contient que "
            f"{_time(info.duration_s)}.",
            "Copiez-le à nouveau ; si c'est tout ce qui reste, ajoutez --quand-meme.",
        )


def remarks(name: str, info: SoundInfo, promised_s: Fraction | None) -> list[str]:
    """What the user should know of a file that can be used, one French sentence each.

    Args:
        name: the file's name, safe to show.
        info: what decoding it found.
        promised_s: seconds that its WAV header promises, None where it has none.
    """
    found = []
    missing = _missing_s(info, promised_s)
    if missing > _MISSING_S:
        found.append(f"« {name} » est tronqué : il manque {_time(missing)} à la fin.")
    elif info.damage:
        found.append(f"« {name} » est abîmé par endroits : écoutez-le avant de publier.")
    if info.peak_dbfs is not None and info.peak_dbfs >= _CLIPPED_DBFS:
        share = info.full_scale_samples / (info.samples * info.channels)
        if share > _CLIPPED_SHARE:
            found.append(
                f"Le son sature souvent ({decimal(100 * share)} % des échantillons au maximum) : "
                "le montage ne peut pas le réparer."
            )
    if info.channels == 1:
        found.append("L'enregistrement est en mono.")
    elif info.channels > 2:
        found.append(f"L'enregistrement a {info.channels} canaux : le montage les ramène à deux.")
    if info.rate < _LOW_RATE:
        found.append(f"L'enregistrement est à {decimal(info.rate / 1000)} kHz : le son manquera d'aigus.")
    return found


def length_remarks(info: SoundInfo, planned: timedelta) -> list[str]:
    """What is to be said of the length of a whole recording, in French.

    Args:
        info: what it is.
        planned: planned length of the show.
    """
    recorded = timedelta(seconds=info.duration_s)
    if recorded <= 2 * planned + _SPARE:
        return []
    lengths = f"L'enregistrement dure {format_duration(recorded)} pour {format_duration(planned)} d'émission prévue"
    return [f"{lengths} : vérifiez que c'est le bon fichier."]


def _missing_s(info: SoundInfo, promised_s: Fraction | None) -> float:
    announced = max(float(promised_s or 0), info.declared_s or 0.0)
    return max(0.0, announced - info.duration_s)


def _time(seconds: float) -> str:
    return format_duration(timedelta(seconds=min(seconds, 86_400 * 365)))
