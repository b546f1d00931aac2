"""Judge whether a sound file can stand for a show's recording, and what should be said about it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from bobine.errors import DoubtfulError, SoundError
from bobine.french import decimal, enumerate_words, printable
from bobine.model.aired.remarks import Remark, RemarkKind
from bobine.model.written.durations import format_duration
from bobine.sound.survey import SoundInfo
from bobine.sound.timeline import Format

_MISSING_S = 1
_CLIPPED_SHARE = 0.002
_LOW_RATE = 32_000
_SPARE = timedelta(minutes=10)
_MOST_PLACES = 8
_HEARD_S = 0.005
_LONGEST_NAME = 40


def refuse_unusable(name: str, info: SoundInfo, *, accept_damage: bool, accept_silence: bool = False) -> None:
    """Refuse silence, and a file that ends before its header says.

    Args:
        name: the file's name, safe to show.
        info: what decoding it found.
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
    missing = _missing_s(info)
    if missing > _MISSING_S and not accept_damage:
        raise DoubtfulError(
            f"« {name} » est tronqué : il annonce {_time(info.duration_s + missing)} et n'en contient que "
            f"{_time(info.duration_s)}.",
            "Copiez-le à nouveau ; si c'est tout ce qui reste, ajoutez --quand-meme.",
        )


def remarks(name: str, info: SoundInfo) -> tuple[Remark, ...]:
    """Remarks on a file that can be used.

    Args:
        name: the file's name, safe to show.
        info: what decoding it found.
    """
    return (*_of_damage(name, info), *_of_time(info), *_of_form(info))


def _of_damage(name: str, info: SoundInfo) -> Iterator[Remark]:
    missing = _missing_s(info)
    if missing > _MISSING_S:
        text = f"« {name} » est tronqué : il manque {_time(missing)} à la fin."
        yield Remark(kind=RemarkKind.TRUNCATED, text=text, at_s=info.duration_s)
    # where a file was cut off its last words are torn as well
    cut_off = missing > _MISSING_S
    torn = [place for place in info.torn if not (cut_off and place.at_s > info.duration_s - _MISSING_S)]
    for place in torn[:_MOST_PLACES]:
        count = max(1, place.errors)
        what = f"{count} erreur{'s' if count > 1 else ''} de décodage"
        if place.lasts_s >= _HEARD_S:
            what += (
                f", {decimal(place.lasts_s, 2)} s de son perdues ; du silence les remplace, la suite reste à sa place"
            )
        text = f"« {name} » est abîmé à {_place(place.at_s)} : {what}. Écoutez ce passage avant de publier."
        yield Remark(kind=RemarkKind.DAMAGE, text=text, at_s=place.at_s)
    if len(torn) > _MOST_PLACES:
        more = torn[_MOST_PLACES:]
        lost_s = sum(place.lasts_s for place in more)
        text = (
            f"« {name} » est encore abîmé à {len(more)} autre{'s' if len(more) > 1 else ''} endroit"
            f"{'s' if len(more) > 1 else ''}, de {_place(more[0].at_s)} à {_place(more[-1].at_s)} : "
            f"{decimal(lost_s, 2)} s de son y sont perdues."
        )
        yield Remark(kind=RemarkKind.DAMAGE, text=text, at_s=more[0].at_s)
    share = info.full_scale_samples / (info.samples * info.channels)
    if share > _CLIPPED_SHARE:
        yield Remark(
            kind=RemarkKind.CLIPPING,
            text=f"Le son sature souvent ({decimal(100 * share)} % des échantillons au maximum) : "
            "le montage ne peut pas le réparer.",
        )


def _of_time(info: SoundInfo) -> Iterator[Remark]:
    for place in info.holes[:_MOST_PLACES]:
        what = (
            f"Le son ne commence qu'à {decimal(place.lasts_s, 2)} s dans le fichier"
            if place.at_s == 0
            else f"Le fichier a un trou de {decimal(place.lasts_s, 2)} s à {_place(place.at_s)}"
        )
        text = f"{what} : du silence y est mis, et la suite reste à sa place."
        yield Remark(kind=RemarkKind.GAP, text=text, at_s=place.at_s)
    if len(info.holes) > _MOST_PLACES:
        more = info.holes[_MOST_PLACES:]
        text = f"Le fichier a encore {len(more)} trous, de {_place(more[0].at_s)} à {_place(more[-1].at_s)}."
        yield Remark(kind=RemarkKind.GAP, text=text, at_s=more[0].at_s)
    for before, after in zip(info.formats[:_MOST_PLACES], info.formats[1:_MOST_PLACES], strict=False):
        text = (
            f"Le format change à {_place(after.at_s)}, de {_format(before)} à {_format(after)} : "
            "tout est lu, et ramené au même format."
        )
        yield Remark(kind=RemarkKind.FORMAT, text=text, at_s=after.at_s)


def _of_form(info: SoundInfo) -> Iterator[Remark]:
    plan = info.plan
    if plan is not None and len(plan.tracks) > 1:
        yield Remark(kind=RemarkKind.TRACKS, text=_tracks(info))
    if info.channels == 1:
        yield Remark(kind=RemarkKind.CHANNELS, text="L'enregistrement est en mono.")
    elif info.channels > 2:
        declared = plan is not None and any(source.speakers for source in plan.sources)
        how = "dans une disposition que le fichier déclare" if declared else "tous entendus au centre"
        text = f"L'enregistrement a {info.channels} canaux, {how} : le montage les ramène à deux."
        yield Remark(kind=RemarkKind.CHANNELS, text=text)
    if info.rate < _LOW_RATE:
        text = f"L'enregistrement est à {decimal(info.rate / 1000)} kHz : le son manquera d'aigus."
        yield Remark(kind=RemarkKind.FORMAT, text=text)


def length_remarks(info: SoundInfo, planned: timedelta) -> tuple[Remark, ...]:
    """A remark where a recording is far longer than the show was planned to be.

    Args:
        info: what decoding it found.
        planned: planned length of the show.
    """
    recorded = timedelta(seconds=info.duration_s)
    if recorded <= 2 * planned + _SPARE:
        return ()
    text = (
        f"L'enregistrement dure {format_duration(recorded)} pour {format_duration(planned)} d'émission prévue : "
        "vérifiez que c'est le bon fichier."
    )
    return (Remark(kind=RemarkKind.LENGTH, text=text),)


def _tracks(info: SoundInfo) -> str:
    """Describe the sound tracks of a file, and say which of them are heard."""
    if info.plan is None:
        return ""
    tracks = info.plan.tracks
    heard = [source.track for source in info.plan.sources]
    names = [_track(number, tracks[number].name) for number in range(len(tracks))]
    text = f"Le fichier a {len(tracks)} pistes de son : {enumerate_words(names)}."
    if len(heard) == 1:
        return f"{text} La piste {heard[0] + 1} est gardée : les autres sont muettes ou disent la même chose."
    if len(heard) < len(tracks):
        kept = enumerate_words([str(number + 1) for number in heard])
        return f"{text} Les pistes {kept} sont mixées : les autres sont muettes ou disent la même chose."
    return f"{text} Elles sont mixées."


def _track(number: int, name: str) -> str:
    return f"{number + 1} « {printable(name)[:_LONGEST_NAME]} »" if name else str(number + 1)


def _format(one: Format) -> str:
    channels = {1: "mono", 2: "stéréo"}.get(one.channels, f"{one.channels} canaux")
    return f"{decimal(one.rate / 1000)} kHz {channels}"


def _missing_s(info: SoundInfo) -> float:
    return max(0.0, (info.declared_s or 0.0) - info.duration_s)


def _place(seconds: float) -> str:
    """An instant of the recording, as players show it, to the tenth of a second."""
    tenths = round(seconds * 10)
    hours, rest = divmod(tenths, 36_000)
    minutes, rest = divmod(rest, 600)
    head = f"{hours}:{minutes:02d}" if hours else f"{minutes}"
    return f"{head}:{rest // 10:02d},{rest % 10}"


def _time(seconds: float) -> str:
    return format_duration(timedelta(seconds=min(seconds, 86_400 * 365)))
