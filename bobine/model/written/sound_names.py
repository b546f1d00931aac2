"""The accepted names of sound inputs and outputs, for every system.

A sound system reads much more out of a name than a device: ALSA alone writes files and runs programs for one. What is
not one of these forms is refused where it is read, and no other can be made into a ``SoundInput`` or ``SoundOutput``.
"""

from __future__ import annotations

import re

LONGEST_NAME = 200
"""Characters of a device's name."""

_PLAIN = r"[A-Za-z0-9][\w.:+@~-]*"
_WORDS = r"[^\W_][\w .,()\[\]{}+@&#/\\!'’-]*"
_CARD = r"(?:CARD=)?\w[\w-]*"
_NUMBER = r"\d{1,3}"
_PCM = rf"(?:hw|plughw|sysdefault|front|dsnoop|dmix):{_CARD}(?:,(?:DEV=)?{_NUMBER}(?:,(?:SUBDEV=)?{_NUMBER})?)?"

_DEVICES = {
    # a source or a sink, by the name that « pactl list short » gives
    "pulse": re.compile(_PLAIN, re.ASCII),
    # a card, its device and its subdevice, or the system's own choice; nothing that carries a plugin or a path
    "alsa": re.compile(rf"default|sysdefault|pulse|pipewire|{_PCM}", re.ASCII),
    "jack": re.compile(r"[A-Za-z0-9][\w .-]{0,62}", re.ASCII),
    "oss": re.compile(r"default|/dev/(?:dsp|audio)\d{0,2}(?:\.\d)?", re.ASCII),
    # names that the system shows to people: « Micro (USB Audio CODEC) »
    "openal": re.compile(_WORDS),
    "dshow": re.compile(rf"{_WORDS}|@device_\w+_[\w{{}}.\\&#-]+"),
    "avfoundation": re.compile(_WORDS),
    "audiotoolbox": re.compile(r"default|\d{1,3}", re.ASCII),
}

_HOST = r"(?:[A-Za-z0-9][\w.-]*|\[[0-9A-Fa-f:.]+\])"
_ADDRESS = re.compile(rf"https?://{_HOST}(?::\d{{1,5}})?(?:[/?][!-~]*)?", re.ASCII)


def is_device_name(kind: str, name: str) -> bool:
    """Whether a text is the name of a device, in one of the accepted forms.

    Args:
        kind: what reads or plays it, as ``shows.toml`` writes it before the colon.
        name: what comes after it.
    """
    form = _DEVICES.get(kind)
    return form is not None and len(name) <= LONGEST_NAME and form.fullmatch(name) is not None


def is_stream_address(text: str) -> bool:
    """Whether a text is the address of a stream on the web: no password, no space, nothing but ASCII."""
    return _ADDRESS.fullmatch(text) is not None


def is_workspace_path(text: str) -> bool:
    """Whether a text is the path of a file below the workspace, as it is written: relative, and never upwards."""
    parts = text.replace("\\", "/").split("/")
    return bool(text.strip()) and not re.match(r"[/\\~]|[A-Za-z]:", text) and ".." not in parts and "\0" not in text


INPUT_FORMS = (
    "« pulse:default » ou « pulse:NOM » (un nom de « pactl list short sources »), « alsa:default », « alsa:hw:0,0 » ou "
    "« alsa:plughw:CARD=NOM,DEV=0 » (une carte et son périphérique), « jack:NOM », « oss:/dev/dsp », « openal:NOM », "
    "« dshow:NOM », « avfoundation:NOM », l'adresse d'un flux (https://…) ou « file:chemin » (un fichier de l'atelier)"
)
"""The forms of an input, for people."""

OUTPUT_FORMS = (
    "« pulse:default » ou « pulse:NOM » (un nom de « pactl list short sinks »), « alsa:default », « alsa:hw:0,0 » ou "
    "« alsa:plughw:CARD=NOM,DEV=0 » (une carte et son périphérique), « oss:/dev/dsp » ou « audiotoolbox:default »"
)
"""The forms of an output, for people."""
