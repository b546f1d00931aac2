"""An episode's page, its player for other sites, its chapters as WebVTT, and what describes them to machines."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from bobine.french import long_date
from bobine.model.published.release import Contributor, HeardWork, Release, Withdrawal
from bobine.publish.layout import embed_page_key, episode_page_key, is_chronique, oembed_key
from bobine.publish.pages import keys, words
from bobine.publish.pages.frame import Site, episode_colours
from bobine.publish.pages.templating import json_for_page, rendered
from bobine.publish.text import one_line
from bobine.store.codec.json_text import json_text

_EMBED_HEIGHT = 200
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


def episode_files(site: Site, release: Release, before: Release | None, after: Release | None) -> dict[str, bytes]:
    """The files of an episode, by key; a withdrawn one's say so and hold nothing of it.

    Args:
        site: the show's pages.
        release: the episode.
        before: the episode before it that can be heard, if any.
        after: the one after it.
    """
    page, embed, oembed, track = site.episode_keys(release.date)
    if release.withdrawn is not None:
        return _withdrawn(site, release.date, release.withdrawn)
    values = {**site.frame(page, episode_colours(site, release)), **_episode(site, release)}
    around = {"before": _neighbour(page, site, before), "after": _neighbour(page, site, after)}
    items = items_of(site, release, page)
    return {
        page: rendered("episode.html", **values, **around, items=items, works=works_of(release)),
        embed: rendered("embed.html", **values | site.frame(embed, values["colours"]), page=keys.link(embed, page)),
        oembed: _oembed(site, release, values["heading"]),
        track: chapters_track(items, release.duration_s),
    }


def heading(release: Release) -> str:
    """The title of an episode, or its day where it has none."""
    return one_line(release.title) or f"Émission du {long_date(release.date)}"


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
        name = site.chroniques.get(item.chronique, "")
        about = name or words.KINDS.get(item.kind, "")
        if item.instalment is not None and about:
            about += f", épisode {item.instalment}"
        linked = name and is_chronique(item.chronique)
        views.append(
            ItemView(
                second=item.start_ms // 1000,
                time=words.clock(item.start_ms // 1000),
                anchor=anchor,
                title=item.title or "Sans titre",
                about="" if about == item.title else about,
                about_link=keys.link(page, keys.chronique_key(site.show.slug, item.chronique)) if linked else "",
                people=", ".join(item.people),
                works=tuple((work.title, words.credit(work)) for work in item.works),
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
        lines += [f"{_stamp(start)} --> {_stamp(end)}", _cue(cues[start]), ""]
    return "\n".join(lines).encode(errors="replace")


@lru_cache(1 << 13)
def _stamp(second: int) -> str:
    return f"{second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}.000"


def _cue(title: str) -> str:
    """Text of a cue, in which ``&`` and ``<`` begin markup (WebVTT, 4.2.2)."""
    return title.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _episode(site: Site, release: Release) -> dict[str, Any]:
    page = episode_page_key(site.show.slug, release.date)
    sounds = []
    for audio in release.audio:
        media_type, name = _CODECS.get(audio.file.media_type, (audio.file.media_type, "Son"))
        sounds.append(
            {"link": keys.link(page, audio.file.key), "type": media_type, "name": name, "bytes": audio.file.bytes}
        )
    transcripts = [
        {"link": keys.link(page, file.key), "name": _TRANSCRIPTS.get(file.media_type, file.media_type)}
        for file in release.transcripts
    ]
    title = heading(release)
    return {
        "release": release,
        "heading": title,
        "number": words.place_in_season(release),
        "image": keys.link(page, (release.thumbnail or release.image).key),
        "image_url": site.address(release.image.key),
        "sounds": sounds,
        "transcripts": transcripts,
        "notes": words.notes(release.description),
        "summary": summary(release),
        "people": _people(release.people),
        "embed_url": site.address(embed_page_key(site.show.slug, release.date)),
        "embed_height": _EMBED_HEIGHT,
        "oembed_url": site.address(oembed_key(site.show.slug, release.date)),
        "json_ld": json_for_page(_json_ld(site, release, title)),
    }


def _people(people: tuple[Contributor, ...]) -> list[tuple[str, list[str]]]:
    roles: dict[str, list[str]] = {}
    for person in people:
        roles.setdefault(_ROLES.get(person.role, "Avec"), []).append(person.name)
    return list(roles.items())


def _json_ld(site: Site, release: Release, title: str) -> dict[str, Any]:
    main = release.audio[0].file
    return {
        "@context": "https://schema.org",
        "@type": "PodcastEpisode",
        "url": site.address(episode_page_key(site.show.slug, release.date)),
        "name": title,
        "datePublished": release.published.isoformat(),
        "dateModified": release.updated.isoformat(),
        "duration": words.iso_length(release.duration_s),
        "description": summary(release),
        **({"episodeNumber": release.number} if release.stated_number is not None else {}),
        "inLanguage": site.show.language,
        "isAccessibleForFree": True,
        "image": site.address(release.image.key),
        "associatedMedia": {
            "@type": "AudioObject",
            "contentUrl": site.address(main.key),
            "encodingFormat": main.media_type,
            "contentSize": str(main.bytes),
            "duration": words.iso_length(release.duration_s),
        },
        **(
            {"partOfSeason": {"@type": "PodcastSeason", "seasonNumber": release.season}}
            if release.stated_season is not None
            else {}
        ),
        "partOfSeries": {
            "@type": "PodcastSeries",
            "name": site.title,
            "url": site.address(site.show_key),
            "webFeed": site.feed_url,
        },
    }


def _oembed(site: Site, release: Release, title: str) -> bytes:
    html = rendered(
        "frame.html",
        embed_url=site.address(embed_page_key(site.show.slug, release.date)),
        embed_height=_EMBED_HEIGHT,
        heading=title,
        site=site,
    )
    document = {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "author_name": one_line(site.show.podcast.author) or site.title,
        "provider_name": site.title,
        "provider_url": site.address(site.show_key),
        "cache_age": 300,
        "html": html.decode().strip(),
        "width": 600,
        "height": _EMBED_HEIGHT,
    }
    return (json_text(document, indent=1) + "\n").encode(errors="replace")


def _neighbour(page: str, site: Site, release: Release | None) -> dict[str, str] | None:
    if release is None:
        return None
    return {"link": keys.link(page, episode_page_key(site.show.slug, release.date)), "title": heading(release)}


def _withdrawn(site: Site, day: date, withdrawn: Withdrawal) -> dict[str, bytes]:
    page, embed, oembed, track = site.episode_keys(day)
    reason = one_line(withdrawn.reason)
    values = {"day": day, "reason": reason, "heading": "Épisode retiré"}
    document = {"version": "1.0", "type": "link", "title": "Épisode retiré"}
    return {
        page: rendered("withdrawn.html", **site.frame(page), **values, framed=False),
        embed: rendered("withdrawn.html", **site.frame(embed), **values, framed=True),
        oembed: (json_text(document, indent=1) + "\n").encode(),
        track: b"WEBVTT\n",
    }
