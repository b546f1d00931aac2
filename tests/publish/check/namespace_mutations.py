"""Single faults in what a good feed says in Podcasting 2.0, each with the rule that must notice it."""

from __future__ import annotations

from tests.publish.check.changes import Mutation, drop_in_item, in_channel, in_item, put, swap


def frequency(attributes: str) -> Mutation:
    return in_channel(f"<podcast:updateFrequency {attributes}>jeudi</podcast:updateFrequency>")


def trailer(attributes: str) -> Mutation:
    return in_channel(f'<podcast:trailer url="https://r.example/t.mp3" {attributes}>Bientôt</podcast:trailer>')


def transcript(attributes: str) -> Mutation:
    return in_item(f"<podcast:transcript {attributes}/>")


def image(attributes: str) -> Mutation:
    return in_item(f'<podcast:image href="https://r.example/a.jpg" {attributes}/>')


def social(attributes: str) -> Mutation:
    return in_item(f"<podcast:socialInteract {attributes}/>")


def person(attributes: str, name: str = "Nadia") -> Mutation:
    return in_item(f"<podcast:person {attributes}>{name}</podcast:person>")


def alternate(inner: str = "", attributes: str = 'type="audio/aac" length="5000000"') -> Mutation:
    source = inner or '<podcast:source uri="https://radio.example/a.aac"/>'
    return in_item(f"<podcast:alternateEnclosure {attributes}>{source}</podcast:alternateEnclosure>")


LIVE_GUID = '<guid isPermaLink="false">direct</guid>'
LIVE_ENCLOSURE = '<enclosure url="https://radio.example/direct.mp3" length="0" type="audio/mpeg"/>'
LIVE_LINK = '<podcast:contentLink href="https://radio.example/direct">Écouter</podcast:contentLink>'
LIVE = (
    '<podcast:liveItem status="pending" start="2026-12-10T18:00:00+01:00" end="2026-12-10T18:55:00+01:00">'
    f"<title>Direct</title>{LIVE_GUID}{LIVE_ENCLOSURE}{LIVE_LINK}</podcast:liveItem>"
)


def live(old: str, new: str) -> Mutation:
    assert old in LIVE
    return in_channel(LIVE.replace(old, new, 1))


RECIPIENT = '<podcast:valueRecipient type="node" address="02c5" split="10"/>'


def money(attributes: str, inner: str = RECIPIENT) -> Mutation:
    return in_channel(f"<podcast:value {attributes}>{inner}</podcast:value>")


NAMESPACE_MUTATIONS: tuple[tuple[str, Mutation], ...] = (
    ("namespace/unknown-element", in_item("<podcast:Person>x</podcast:Person>")),
    ("namespace/misplaced-element", in_item("<podcast:locked>yes</podcast:locked>")),
    ("namespace/empty", person('role="guest"', "")),
    ("namespace/text-length", person('role="guest"', "x" * 129)),
    ("namespace/text-length", in_channel(f"<podcast:txt>{'x' * 4001}</podcast:txt>")),
    ("namespace/https", person('href="http://radio.example/nadia"')),
    ("namespace/guid-uuid", swap("<podcast:guid>5f", "<podcast:guid>")),
    ("namespace/locked-value", swap(">yes</podcast:locked>", ">true</podcast:locked>")),
    ("namespace/locked-owner", swap('<podcast:locked owner="bobine@', '<podcast:locked owner="bobine')),
    ("namespace/medium-value", swap("<podcast:medium>podcast", "<podcast:medium>radio")),
    ("namespace/block-value", in_channel("<podcast:block>oui</podcast:block>")),
    ("namespace/license-url", put(r"<podcast:license[^>]*>[^<]*", "<podcast:license>à nous")),
    ("namespace/license-case", swap(">cc-by-nc-sa-4.0<", ">CC-BY-NC-SA-4.0<")),
    ("namespace/funding-url", in_channel('<podcast:funding url="soutenir">Soutenir</podcast:funding>')),
    ("namespace/update-frequency-rrule", frequency('rrule="weekly"')),
    (
        "namespace/update-frequency-rrule",
        frequency('rrule="FREQ=WEEKLY;BYDAY=JE"'),
    ),
    ("namespace/update-frequency-rrule", frequency("")),
    (
        "namespace/update-frequency-dtstart",
        frequency('rrule="FREQ=WEEKLY;COUNT=3"'),
    ),
    (
        "namespace/update-frequency-complete",
        frequency('rrule="FREQ=DAILY" complete="yes"'),
    ),
    ("namespace/podroll-empty", in_channel("<podcast:podroll/>")),
    (
        "namespace/remote-item-guid",
        in_channel('<podcast:podroll><podcast:remoteItem feedGuid="radio"/></podcast:podroll>'),
    ),
    (
        "namespace/trailer-pubdate",
        trailer('length="9" type="audio/mpeg"'),
    ),
    (
        "namespace/trailer-file",
        trailer('pubdate="01 Nov 2026 12:00 GMT"'),
    ),
    ("namespace/person-role", person('role="présentatrice"')),
    ("namespace/person-group", person('group="équipe" role="host"')),
    ("namespace/person-role-of-group", person('group="writing" role="host"')),
    ("namespace/person-url", person('img="nadia.jpg"')),
    (
        "namespace/person-hosts",
        drop_in_item(r'<podcast:person role="host" group="cast">[^<]*</podcast:person>'),
    ),
    ("namespace/location-geo", in_channel('<podcast:location geo="45.04,5.05">Romans</podcast:location>')),
    ("namespace/location-geo", in_channel('<podcast:location geo="geo:95.04,5.05">Romans</podcast:location>')),
    ("namespace/location-osm", in_channel('<podcast:location osm="84145">Romans</podcast:location>')),
    ("namespace/location-rel", in_channel('<podcast:location rel="studio">Romans</podcast:location>')),
    ("namespace/location-country", in_channel('<podcast:location country="France">Romans</podcast:location>')),
    ("namespace/chat", in_channel('<podcast:chat protocol="irc"/>')),
    ("namespace/season-integer", put("(<podcast:season name=[^>]*>)8", r"\1huit")),
    ("namespace/episode-decimal", swap("<podcast:episode>8", "<podcast:episode>8 bis")),
    ("namespace/number-agrees", swap("<podcast:episode>8", "<podcast:episode>9")),
    ("namespace/chapters-type", swap('type="application/json+chapters"', 'type="text/plain"')),
    ("namespace/chapters-url", swap('<podcast:chapters url="https://', '<podcast:chapters url="')),
    ("namespace/transcript-type", transcript('url="https://r.example/a.doc" type="application/msword"')),
    ("namespace/transcript-url", transcript('url="a.vtt" type="text/vtt"')),
    (
        "namespace/transcript-language",
        transcript('url="https://r.example/a.vtt" type="text/vtt" language="français"'),
    ),
    (
        "namespace/transcript-rel",
        transcript('url="https://r.example/a.vtt" type="text/vtt" rel="caption"'),
    ),
    ("namespace/soundbite-times", in_item('<podcast:soundbite startTime="1:00" duration="60"/>')),
    ("namespace/soundbite-duration", in_item('<podcast:soundbite startTime="60" duration="14.9"/>')),
    ("namespace/soundbite-duration", in_item('<podcast:soundbite startTime="60" duration="120.5"/>')),
    ("namespace/soundbite-range", in_item('<podcast:soundbite startTime="3290" duration="30"/>')),
    ("namespace/image-url", in_item('<podcast:image alt="x"/>')),
    ("namespace/image-alt", image("")),
    ("namespace/image-aspect-ratio", image('alt="x" aspect-ratio="16:9"')),
    ("namespace/image-size", image('alt="x" width="1200px"')),
    ("namespace/image-type", image('alt="x" type="jpeg"')),
    ("namespace/image-purpose", image('alt="x" purpose="à la une"')),
    ("namespace/social-interact-protocol", social('protocol="minitel" uri="https://a.example/"')),
    ("namespace/social-interact-uri", social('protocol="activitypub"')),
    (
        "namespace/social-interact-priority",
        in_item('<podcast:socialInteract protocol="activitypub" uri="https://a.example/"/>' * 2),
    ),
    ("namespace/alternate-enclosure-type", alternate(attributes='type="mp3"')),
    ("namespace/alternate-enclosure-length", alternate(attributes='type="audio/aac" length="0"')),
    ("namespace/alternate-enclosure-number", alternate(attributes='type="audio/aac" bitrate="128k"')),
    ("namespace/alternate-enclosure-lang", alternate(attributes='type="audio/aac" lang="français"')),
    ("namespace/alternate-enclosure-default", alternate(attributes='type="audio/aac" default="yes"')),
    ("namespace/alternate-enclosure-one-default", alternate(attributes='type="audio/aac" default="true"')),
    ("namespace/alternate-enclosure-source", alternate('<podcast:integrity type="pgp-signature" value="x"/>')),
    ("namespace/alternate-enclosure-same-file", put(r'(<podcast:source uri=")', r"\1https://x.example/")),
    ("namespace/source-uri", alternate('<podcast:source uri="a.aac"/>')),
    ("namespace/source-type", alternate('<podcast:source uri="https://r.example/a.aac" contentType="aac"/>')),
    ("namespace/integrity-type", swap('<podcast:integrity type="sri"', '<podcast:integrity type="sha"')),
    ("namespace/integrity-value", swap('value="sha384-AA', 'value="sha384-A')),
    ("namespace/integrity-value", swap('value="sha384-', 'value="md5-')),
    ("namespace/live-item-status", live('"pending"', '"soon"')),
    ("namespace/live-item-start", live("2026-12-10T18:00:00+01:00", "2026-12-10T18:00:00")),
    ("namespace/live-item-end", live("2026-12-10T18:55", "2026-12-10T17:55")),
    ("namespace/live-item-title", live("<title>Direct</title>", "")),
    ("namespace/live-item-guid", live(LIVE_GUID, "")),
    ("namespace/live-item-enclosure", live(LIVE_ENCLOSURE, "")),
    ("namespace/live-item-content-link", live(LIVE_LINK, "")),
    ("namespace/live-item-image", live("<title>", '<itunes:image href="https://r.example/a.jpg"/><title>')),
    (
        "namespace/live-item-chapters",
        live("<title>", '<podcast:chapters url="https://r.example/a.json" type="application/json+chapters"/><title>'),
    ),
    (
        "namespace/live-item-transcript",
        live("<title>", '<podcast:transcript url="https://r.example/a.vtt" type="text/vtt"/><title>'),
    ),
    ("namespace/live-item-stale", in_channel(LIVE.replace("2026-12-10", "2026-11-26"))),
    ("namespace/content-link-url", live('href="https://radio.example/direct"', 'href="direct"')),
    ("namespace/value-type", money('method="keysend"')),
    ("namespace/value-method", money('type="lightning"')),
    ("namespace/value-recipient", money('type="lightning" method="keysend"', "")),
    ("namespace/value-split", money('type="lightning" method="keysend"', RECIPIENT.replace('"10"', '"10 %"'))),
    ("namespace/value-fee", money('type="lightning" method="keysend"', RECIPIENT.replace("/>", ' fee="1"/>'))),
)
