"""An episode's page, its player for other sites, its chapters as WebVTT, and what describes them to machines."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from bobine.french import long_date
from bobine.model.published.release import Contributor, HeardWork, Release, Withdrawal
from bobine.publish import media_types
from bobine.publish.chapters import whole_clock
from bobine.publish.layout import episode_page_key, is_chronique, oembed_key
from bobine.publish.pages import keys, transcript, words
from bobine.publish.pages.frame import Site, episode_colours
from bobine.publish.pages.machines import embed_code, json_ld, oembed_of
from bobine.publish.pages.templating import json_for_page, rendered
from bobine.publish.pages.transcript import ReadText
from bobine.publish.text import one_line
from bobine.store.codec.json_text import json_text

MOST_PAGE_BYTES = 40_000
"""Most bytes of an episode's page with what is said in it, which else has only its own; 60 kB with style and script."""

_DESCRIPTION_CHARS = 200
_CODECS = {"audio/mpeg": ("audio/mpeg", "MP3"), "audio/ogg": ("audio/ogg; codecs=opus", "Opus")}
_ROLES = {"host": "Animation", "guest": "Avec"}
_TRANSCRIPTS = {"text/vtt": "WebVTT", "application/srt": "SRT", "application/x-subrip": "SRT", "text/html": "page"}


class ItemView(NamedTuple):
    """An item as its page shows it; a template takes it apart, which is quicker than asking for each part.

    Attributes:
        second: where it starts, whole and rounded down.
        time: the same, for people.
        anchor: its name in the page, which no other item has.
        title: its title.
        about: what it is.
        about_link: where there is more of that.
        people: who is heard.
        works: titles and credits of the music.
    """

    second: int
    time: str
    anchor: str
    title: str
    about: str = ""
    about_link: str = ""
    people: str = ""
    works: tuple[tuple[str, str], ...] = ()


class SoundView(NamedTuple):
    """A sound as its page shows it: its link, media type with codecs, name, and size in whole megabytes, rounded up."""

    link: str
    media_type: str
    name: str
    megabytes: int


class TextView(NamedTuple):
    """A file of the transcript as its page shows it: its link, the name of its format, and whether it is a page."""

    link: str
    name: str
    is_page: bool


class Neighbour(NamedTuple):
    """The episode before or after: the link to its page, and its title."""

    link: str
    title: str


def episode_files(
    site: Site, release: Release, before: Release | None, after: Release | None, read: ReadText
) -> dict[str, bytes]:
    """The files of an episode, by key; a withdrawn one's say so and hold nothing of it.

    Args:
        site: the show's pages.
        release: the episode.
        before: the episode before it that can be heard, if any.
        after: the one after it.
        read: gives the transcript.
    """
    page, embed, oembed, track = site.episode_keys(release.date)
    if release.withdrawn is not None:
        return _withdrawn(site, release.date, release.withdrawn)
    values = {**site.frame(page, episode_colours(site, release)), **_episode(site, release)}
    around = {"before": _neighbour(page, site, before), "after": _neighbour(page, site, after)}
    items = items_of(site, release, page)
    code = embed_code(site, release, values["heading"])
    told = {**values, **around, "items": items, "works": works_of(release), "embed_code": code}
    return {
        page: _with_transcript(site, release, page, told, read),
        embed: rendered("embed.html", **values | site.frame(embed, values["colours"]), page=keys.link(embed, page)),
        oembed: oembed_of(site, values["heading"], code),
        track: chapters_track(items, release.duration_s),
    }


def transcript_files(site: Site, release: Release, read: ReadText) -> dict[str, bytes]:
    """The page of an episode's transcript, by key.

    Args:
        site: the show's pages.
        release: the episode, which has one.
        read: gives the transcript.
    """
    key, page = keys.transcript_key(site.show.slug, release.date), episode_page_key(site.show.slug, release.date)
    values = {**site.frame(key, episode_colours(site, release)), **_episode(site, release)}
    told = {
        "episode": values["heading"],
        "heading": f"Transcription : {values['heading']}",
        "page": keys.link(key, page),
    }
    return {key: rendered("transcript.html", **values | told, said=_said(release, read))}


def _with_transcript(site: Site, release: Release, page: str, told: dict[str, Any], read: ReadText) -> bytes:
    """An episode's page, with what is said in it where that makes it no heavier than a page may be."""
    has_own = transcript.file_of(release) is not None
    own = keys.link(page, keys.transcript_key(site.show.slug, release.date)) if has_own else ""
    said = _said(release, read) if has_own else []
    if said:
        whole = rendered("episode.html", **told, said=said, said_page=own)
        if len(whole) <= MOST_PAGE_BYTES:
            return whole
    return rendered("episode.html", **told, said=[], said_page=own)


def _said(release: Release, read: ReadText) -> list[tuple[int, str, str, str]]:
    """What is said in an episode: second, place, who says it, and the words of each paragraph."""
    file = transcript.file_of(release)
    content = read(file) if file is not None else None
    found = transcript.paragraphs_of(content) if content is not None else []
    return [(one.second, words.clock(one.second), one.who, one.text) for one in found]


def heading(release: Release) -> str:
    """The title of an episode, or its day where it has none."""
    return _line(release.title) or f"Émission du {long_date(release.date)}"


_line = lru_cache(1 << 14)(one_line)  # each list that an episode is in tells its title


def items_of(site: Site, release: Release, page: str) -> list[ItemView]:
    """The items of an episode, in order; those of a release without items are its description's timestamps."""
    if not release.items:
        stamps = words.stamps(release.description)
        anchors = _anchors([second for second, _ in stamps])
        return [
            ItemView(second, words.clock(second), anchor, title)
            for (second, title), anchor in zip(stamps, anchors, strict=True)
        ]
    views = []
    anchors = _anchors([item.start_ms // 1000 for item in release.items])
    for item, anchor in zip(release.items, anchors, strict=True):
        name = site.chroniques.get(item.chronique, "") if item.chronique else ""
        about = name or words.KINDS.get(item.kind, "")
        if item.instalment is not None and about:
            about += f", épisode {item.instalment}"
        linked = name and is_chronique(item.chronique)
        views.append(
            ItemView(
                item.start_ms // 1000,
                words.clock(item.start_ms // 1000),
                anchor,
                item.title or "Sans titre",
                "" if about == item.title else about,
                keys.link(page, keys.chronique_key(site.show.slug, item.chronique)) if linked else "",
                ", ".join(item.people),
                tuple([(work.title, words.credit(work)) for work in item.works]),
            )
        )
    return views


def _anchors(seconds: Sequence[int]) -> list[str]:
    """The names of places in a page: ``t=12``, and with its number where one begins as the one before it."""
    return [
        f"t={second}-{number}" if number > 1 and second == seconds[number - 2] else f"t={second}"
        for number, second in enumerate(seconds, 1)
    ]


def works_of(release: Release) -> list[tuple[str, str]]:
    """The music of an episode, each work once: title and credit."""
    found: dict[HeardWork, None] = {work: None for item in release.items for work in item.works if work.title}
    return [(work.title, words.credit(work)) for work in found]


def summary(release: Release) -> str:
    """The first words of an episode's notes, on one line."""
    return _summary(release.description)


@lru_cache(1 << 14)  # each list that an episode is in tells them
def _summary(description: str) -> str:
    text = " ".join(line for block in words.notes(description) for line in block)
    return one_line(text, _DESCRIPTION_CHARS)


def chapters_track(items: list[ItemView], duration_s: int) -> bytes:
    """The items as WebVTT chapters; of several in one second the last is kept."""
    cues = {item.second: one_line(item.title) or "Sans titre" for item in items}
    starts = sorted(cues)
    lines = ["WEBVTT", ""]
    for number, start in enumerate(starts):
        end = starts[number + 1] if number + 1 < len(starts) else max(duration_s, start + 1)
        lines += [f"{whole_clock(start)}.000 --> {whole_clock(end)}.000", _cue(cues[start]), ""]
    return "\n".join(lines).encode(errors="replace")


def _cue(title: str) -> str:
    """Text of a cue, in which ``&`` and ``<`` begin markup (WebVTT, 4.2.2)."""
    return title.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _episode(site: Site, release: Release) -> dict[str, Any]:
    page = episode_page_key(site.show.slug, release.date)
    sounds = []
    for audio in release.audio:
        media_type, name = _CODECS.get(audio.file.media_type, (audio.file.media_type, "Son"))
        megabytes = -(-audio.file.bytes // 1_000_000)
        sounds.append(SoundView(keys.link(page, audio.file.key), media_type, name, megabytes))
    transcripts = [
        TextView(
            keys.link(page, file.key),
            _TRANSCRIPTS.get(file.media_type, file.media_type),
            file.media_type == media_types.HTML,
        )
        for file in release.transcripts
    ]
    title = heading(release)
    return {
        "release": release,
        "heading": title,
        "number": words.place_in_season(release),
        "image": keys.link(page, (release.thumbnail or release.image).key),
        "image_url": site.address(release.image.key),
        "audio_url": site.address(release.audio[0].file.key),
        "audio_type": release.audio[0].file.media_type,
        "sounds": sounds,
        "transcripts": transcripts,
        "notes": words.notes(release.description),
        "summary": summary(release),
        "people": _people(release.people),
        "oembed_url": site.address(oembed_key(site.show.slug, release.date)),
        "json_ld": json_for_page(json_ld(site, release, title, summary(release))),
    }


def _people(people: tuple[Contributor, ...]) -> list[tuple[str, list[str]]]:
    roles: dict[str, list[str]] = {}
    for person in people:
        roles.setdefault(_ROLES.get(person.role, "Avec"), []).append(person.name)
    return list(roles.items())


def _neighbour(page: str, site: Site, release: Release | None) -> Neighbour | None:
    if release is None:
        return None
    return Neighbour(keys.link(page, episode_page_key(site.show.slug, release.date)), heading(release))


def _withdrawn(site: Site, day: date, withdrawn: Withdrawal) -> dict[str, bytes]:
    page, embed, oembed, track = site.episode_keys(day)
    reason = one_line(withdrawn.reason)
    values = {"day": day, "reason": reason, "heading": "Épisode retiré"}
    document = {"version": "1.0", "type": "link", "title": "Épisode retiré"}
    return {
        page: rendered("withdrawn.html", **site.frame(page), **values, framed=False),
        embed: rendered("withdrawn.html", **site.frame(embed), **values, framed=True),
        oembed: (json_text(document) + "\n").encode(),
        track: b"WEBVTT\n",
    }
