"""The plan for reading a file: its tracks, their form and their gains; found from its headers and one frame."""

from __future__ import annotations

import contextlib
import struct
import threading
from dataclasses import dataclass, replace
from pathlib import Path

import ffmpeg as graph

from bobine import ffmpeg
from bobine.errors import SoundError
from bobine.french import printable
from bobine.sound.header_reading import plain_samples
from bobine.sound.headers.flac import stream_info
from bobine.sound.headers.mp4 import even_seconds, track_seconds
from bobine.sound.headers.pcm import Pcm
from bobine.sound.layouts import MOST_CHANNELS, Matrix, matrix, speakers_of_mask, speakers_of_name
from bobine.sound.timeline import JITTER_S
from bobine.sound.tracks import Listing, Track, read_listing

_TIMED = frozenset(["mov", "matroska", "webm", "ogg", "mpegts", "mpeg", "asf", "avi", "flac"])
_FRAMED = {"mp3": "mp3", "aac": "aac", "ogg": "ogg"}
_FILM_CODECS = ("ac3", "eac3", "dts", "truehd", "mlp")
_RATES = range(1000, 768_001)


@dataclass(frozen=True, slots=True)
class Source:
    """One sound track and how it is read.

    Attributes:
        rate: sampling rate, Hz; where the format changes inside, the one that all is brought to.
        channels: number of channels; where the format changes inside, 2.
        speakers: the layout that the file truly declares; empty where it does not.
        pcm: where its plain samples lie; None where it must be decoded.
        track: its number among the sound tracks.
        timed: whether its container has time stamps.
        holed: whether that container can leave a hole on purpose; one in another is damage.
        framed: its form where it is a bare stream of frames (``mp3``, ``aac``) or of pages (``ogg``); empty otherwise.
        links: where each link of a chained Ogg file begins and ends, bytes; empty for one that is not.
        mended: whether torn frames are replaced before it is decoded.
        varies: whether the format changes inside.
        promised: samples that its index says follow one another without a hole; 0 where time stamps must be read.
        is_16_bit: whether whole numbers of 16 bits hold each of its samples as it is.
    """

    rate: int
    channels: int
    speakers: tuple[str, ...] = ()
    pcm: Pcm | None = None
    track: int = 0
    timed: bool = False
    holed: bool = True
    framed: str = ""
    links: tuple[tuple[int, int], ...] = ()
    mended: bool = False
    varies: bool = False
    promised: int = 0
    is_16_bit: bool = False

    @property
    def gains(self) -> Matrix:
        """The gains of each channel to the left and to the right, shape (channels, 2)."""
        return matrix(self.channels, self.speakers)


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan for reading a file.

    Attributes:
        sources: the tracks that are heard; mixed where they are several.
        tracks: all sound tracks, as the file names them.
        declared_s: length that the file announces for its sound, seconds; None where it does not.
        is_settled: whether all of the file was decoded to find ``sources``; until then silent tracks are among them.
        may_have_chapters: whether nothing shows that the file has no chapters.
    """

    sources: tuple[Source, ...]
    tracks: tuple[Track, ...]
    declared_s: float | None
    is_settled: bool = False
    may_have_chapters: bool = True


def plan(path: Path, cancel: threading.Event | None = None) -> Plan:
    """Find out how a file is to be read.

    Raises:
        SoundError: if the file is missing or empty, if nothing in it can be decoded as sound, or if it has more
            channels than can be mastered.
        Interrupted: if ``cancel`` was set.
    """
    name = printable(path.name)
    if not path.is_file():
        raise SoundError(f"« {name} » : ce fichier n'existe pas.")
    if path.stat().st_size == 0:
        raise SoundError(f"« {name} » est vide (0 octet) : l'enregistrement ou la copie a échoué.")
    pcm = plain_samples(path)
    if pcm is not None and pcm.rate in _RATES:
        _check_channels(name, pcm.channels)
        speakers = speakers_of_mask(pcm.mask, pcm.channels)
        promised = pcm.samples if pcm.promised is None else pcm.promised
        return Plan((Source(pcm.rate, pcm.channels, speakers, pcm),), (), promised / pcm.rate, is_settled=True)
    rate, channels, listing = _opened(path, 0, cancel)
    if not listing.tracks:
        listing = replace(listing, tracks=(Track("", ""),))
    sources = [_source(name, listing, 0, rate, channels)]
    if len(listing.tracks) == 1:
        sources = [_with_promise(path, listing, sources[0])]
    for number in range(1, len(listing.tracks)):
        with contextlib.suppress(SoundError):  # a track that cannot be decoded is not heard by anyone
            sources.append(_source(name, listing, number, *_opened(path, number, cancel)[:2]))
    declared_s = _declared(path, listing)
    return Plan(tuple(sources), listing.tracks, declared_s, may_have_chapters=listing.may_have_chapters)


def _source(name: str, listing: Listing, number: int, rate: int, channels: int) -> Source:
    _check_channels(name, channels)
    track = listing.tracks[number]
    forms = listing.form.split(",")
    # a layout is one where there is a film; encoders of sound alone put microphones in the places of speakers
    is_film = listing.has_picture or track.codec in _FILM_CODECS
    return Source(
        rate,
        channels,
        speakers_of_name(track.layout, channels) if is_film else (),
        track=number,
        timed=not _TIMED.isdisjoint(forms),
        holed="flac" not in forms,
        framed=_FRAMED.get(listing.form, ""),
    )


def _with_promise(path: Path, listing: Listing, source: Source) -> Source:
    """The only track of a file, with the length that its index promises where that shows that there is no hole."""
    forms = listing.form.split(",")
    with contextlib.suppress(OSError), path.open("rb") as stream:
        if "flac" in forms and (info := stream_info(stream)) is not None:
            return replace(source, promised=info.samples, is_16_bit=info.bits == 16)
        if "mov" in forms:
            seconds = even_seconds(stream, path.stat().st_size, JITTER_S / 2)
            return replace(source, promised=round(seconds * source.rate))
    return source


def _declared(path: Path, listing: Listing) -> float | None:
    """The sound's own length: a picture may be longer, and so may a track of titles."""
    if "mov" in listing.form.split(","):
        with contextlib.suppress(OSError), path.open("rb") as stream:
            found = max(track_seconds(stream, path.stat().st_size), default=0.0)
            if found > 0:
                return found if listing.declared_s is None else min(found, listing.declared_s)
    own = [track.declared_s for track in listing.tracks if track.declared_s is not None]
    if own:
        return max(own)
    return None if listing.has_picture else listing.declared_s


def _opened(path: Path, track: int, cancel: threading.Event | None) -> tuple[int, int, Listing]:
    """Rate and channels of a track, from the header of a frame decoded to Sun AU; and what the file holds."""
    stream = ffmpeg.read_file(path, track=track)
    arguments = graph.get_args(stream.output("pipe:1", **{"frames:a": 1}, f="au", acodec="pcm_s16be"))
    name = printable(path.name)
    try:
        done = ffmpeg.run(["-nostats", *arguments], cancel=cancel, level="info")
    except ffmpeg.FfmpegError as error:
        if "moov atom not found" in error.log:
            raise SoundError(
                f"« {name} » n'a jamais été terminé : l'appareil s'est arrêté avant d'écrire où est le son dans le "
                "fichier. Cherchez-en une autre copie ; un outil de réparation (untrunc) et un autre fichier du même "
                "appareil peuvent parfois le reconstruire."
            ) from error
        raise SoundError(
            f"« {name} » n'est pas un fichier son que l'on sait lire : vérifiez que c'est bien l'enregistrement."
        ) from error
    if len(done.output) < 24:
        raise SoundError(f"« {name} » ne contient aucun son.")
    rate, channels = struct.unpack(">II", done.output[16:24])
    if not rate or not channels:
        raise SoundError(f"« {name} » ne contient aucun son.")
    return int(rate), int(channels), read_listing(done.log)


def _check_channels(name: str, channels: int) -> None:
    if channels > MOST_CHANNELS:
        raise SoundError(
            f"« {name} » a {channels} canaux, et le montage en lit {MOST_CHANNELS} au plus : exportez-en un mixage en "
            "stéréo, ou seulement les pistes de l'émission."
        )
