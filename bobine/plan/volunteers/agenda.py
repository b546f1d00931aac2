"""One person's dates as a calendar file (RFC 5545), which their telephone or computer opens.

The same file, written again, brings the calendar that took it in up to date: an event keeps its UID; one that changed
has the next SEQUENCE (RFC 5545, 3.8.7.4); one that is planned no more is cancelled rather than left out.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from icalendar import Calendar, Event

from bobine.french import enumerate_words, typeset
from bobine.plan.volunteers.dates import OwnDate

MAKER = "-//Bobine//agenda//FR"
"""Our name in the file (PRODID): a file with another was not made here."""

_OWN = ("DTSTAMP", "SEQUENCE", "LAST-MODIFIED")
"""What an event says of its own versions: it does not make it another event."""

Former = Mapping[str, Any]
"""The events of the file as it was, by their UID."""


class NotOurs(ValueError):
    """The content is no calendar, or one that was not made here."""


def agenda_ics(
    dates: Iterable[OwnDate], person: str, show: str, now: datetime, former: Former | None = None, *, key: str = ""
) -> bytes:
    """The calendar file; the same bytes for the same dates, once they are in the file as it was.

    Args:
        dates: of that person.
        person: the name; with the show's it says whose the calendar is.
        show: slug of the show.
        now: the present instant, aware: when a new or changed event was made.
        former: the events of the file as it was; none where there was no file.
        key: what the events know the person by; the name where it is empty.
    """
    known = former or {}
    events = {uid: _event(one, uid) for one in dates for uid in (_uid(show, one, key or person),)}
    for uid, event in known.items():
        if uid not in events and event.decoded("DTSTART") > now:
            events[uid] = _cancelled(event)
    calendar = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", MAKER)
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("METHOD", "PUBLISH")
    calendar.add("X-WR-CALNAME", f"Radio : {person}")
    for uid, event in sorted(events.items(), key=lambda one: (one[1].decoded("DTSTART"), one[0])):
        _stamp(event, known.get(uid), now)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def former_events(content: bytes) -> dict[str, Any]:
    """The events of a file that was written before, by their UID.

    Raises:
        NotOurs: if it is no calendar file, or one that was not made here.
    """
    try:
        calendar = Calendar.from_ical(content)
        if str(calendar.get("PRODID")) != MAKER:
            raise NotOurs
        return {str(event["UID"]): event for event in calendar.walk("VEVENT") if _is_whole(event)}
    except NotOurs:
        raise
    except Exception as error:
        raise NotOurs from error


def _is_whole(event: Any) -> bool:
    """Whether an event has all that is asked of it here, each once, as it is written; somebody may have edited it."""
    values = [event.get(name) for name in (*_OWN, "UID", "DTSTART", "DTEND", "STATUS", "SUMMARY")]
    if any(value is None for value in values) or any(isinstance(value, list) for value in event.values()):
        return False
    event.to_ical()
    instants = [event.decoded(name) for name in ("DTSTART", "DTSTAMP", "LAST-MODIFIED")]
    return int(event["SEQUENCE"]) >= 0 and all(isinstance(at, datetime) and at.tzinfo is not None for at in instants)


def _uid(show: str, one: OwnDate, person: str) -> str:
    """The same for one person and one show, on any machine; it names nobody."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"bobine:{show}/{one.day.isoformat()}/{person}"))


def _event(one: OwnDate, uid: str) -> Event:
    event = Event()
    event.add("UID", uid)
    event.add("DTSTART", one.call.astimezone(UTC))
    event.add("DTEND", one.end.astimezone(UTC))
    learns = f" (en doublure : {enumerate_words(one.learns)})" if one.learns else ""
    what = f"{one.show} : {enumerate_words(one.tasks)}{learns}"
    event.add("SUMMARY", typeset(f"ANNULÉE : {what}" if one.cancelled else what))
    if one.place:
        event.add("LOCATION", one.place)
    event.add("DESCRIPTION", typeset("\n".join(_lines(one))))
    event.add("STATUS", "CANCELLED" if one.cancelled else "CONFIRMED")
    return event


def _lines(one: OwnDate) -> Sequence[str]:
    lines = [one.title, f"À l'antenne de {_clock(one.on_air)} à {_clock(one.end)}."]
    if one.call != one.on_air:
        lines.append(f"L'équipe est attendue à {_clock(one.call)}.")
    if one.items:
        lines.append(f"Au conducteur : {', '.join(one.items)}.")
    return lines


def _clock(at: datetime) -> str:
    return f"{at.hour} h" + (f" {at.minute:02}" if at.minute else "")


def _cancelled(event: Any) -> Any:
    """An event of the file as it was, cancelled: the person is no longer expected."""
    gone = Event()
    for name, value in event.property_items(recursive=False):
        if name not in ("BEGIN", "END", "STATUS", *_OWN):
            gone.add(name, value, encode=False)
    gone.add("STATUS", "CANCELLED")
    return gone


def _stamp(event: Any, former: Any, now: datetime) -> None:
    """Say which version of the event this is: the one before where nothing changed, else the next."""
    if former is not None and _content(former) == _content(event):
        for name in _OWN:
            event.add(name, former[name], encode=False)
        return
    at = now.astimezone(UTC).replace(microsecond=0)
    event.add("DTSTAMP", at)
    event.add("LAST-MODIFIED", at)
    event.add("SEQUENCE", int(former["SEQUENCE"]) + 1 if former is not None else 0)


def _content(event: Any) -> dict[str, bytes]:
    return {
        name: value.to_ical()
        for name, value in event.property_items(recursive=False)
        if name not in ("BEGIN", "END", *_OWN) and hasattr(value, "to_ical")
    }
