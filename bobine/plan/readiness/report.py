"""The lacks that keep a show from being ready, and who owes each. Pure: from the plan and the facts of its sounds.

Absences count as much as faults: a plan that is only a template is never ready.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from bobine.french import enumerate_words, long_date
from bobine.model.episode import Episode, Item, PodcastRights
from bobine.model.episode_day import plain_day
from bobine.model.people import Consent, Person, Role
from bobine.model.rights import unknown_rights
from bobine.model.show import Show
from bobine.model.written.durations import format_duration
from bobine.plan.people.consents import NO_PAPER, signature_fault
from bobine.plan.readiness.absences import nobody, silent_items, unlisted_works, unnamed_minors, unwritten_texts
from bobine.plan.readiness.lacks import COMMITTEE, Lack, LackKind, PadFacts, by_role, inviter, responsible, signer
from bobine.plan.readiness.reserve import is_bare
from bobine.plan.timing.rundown import Timing

__all__ = ["COMMITTEE", "PAD_MARGIN", "Lack", "LackKind", "PadFacts", "readiness"]

PAD_MARGIN = timedelta(seconds=1)
"""A ready-to-air sound may run over its slot by less than this: players round."""


def readiness(
    episode: Episode,
    show: Show,
    timing_gap: timedelta,
    pads: Mapping[str, PadFacts],
    timing: Timing | None = None,
) -> tuple[Lack, ...]:
    """List the lacks that keep a show from being ready, the most urgent first, then in the order of the rundown.

    A refused consent is an answer, not a lack: the podcast leaves that person out. An item in reserve is a standby once
    it has a sound of its own or somebody: an item that is only suggested saves no show. What is not made for the slot
    needs nobody in the studio.

    Args:
        episode: the plan.
        show: its show, for the slot's tolerance, the chroniques and the election windows.
        timing_gap: the planned end less the hard end; positive when the show is too long.
        pads: what was found, by the id of each item that names a ``file``; one not there counts as missing.
        timing: the plan's hours, for the dead air before fixed ones and what starts late at them.
    """
    lacks = [*_team(episode)] if episode.in_slot else []
    if episode.counted_items:
        lacks += [*_gap(episode, show, timing_gap, timing), *_stopwatch(episode, show)]
        lacks += [*nobody(episode), *_people(episode), *unnamed_minors(episode, show)]
        lacks += [*silent_items(episode), *_sounds(episode, pads)]
        lacks += [*_rights(episode), *unlisted_works(episode), *unwritten_texts(episode)]
        lacks += _standby(episode) if episode.in_slot else []
    else:
        lacks.append(Lack(kind=LackKind.RUNDOWN, item="", owner=COMMITTEE, what="Le conducteur est vide."))
    places = {item.id: place for place, item in enumerate(episode.items)}
    return tuple(sorted(lacks, key=lambda lack: (lack.kind, places.get(lack.item, len(places)))))


def _team(episode: Episode) -> Iterator[Lack]:
    if not any(person.holds(Role.TECHNICIAN) for person in episode.people):
        yield Lack(kind=LackKind.TECHNICIAN, item="", owner=COMMITTEE, what="Personne n'est à la technique.")
    if not any(person.holds(Role.HOST) for person in episode.people):
        yield Lack(kind=LackKind.HOST, item="", owner=COMMITTEE, what="Personne n'est à l'animation.")


def _gap(episode: Episode, show: Show, gap: timedelta, timing: Timing | None) -> Iterator[Lack]:
    """Too long, too short; and holes before a fixed hour that what is too long elsewhere makes up for."""
    tolerance, owner = show.slot.tolerance, by_role(episode, Role.HOST)
    late = gap + (timing.waits if timing is not None else timedelta())
    end = f"{show.slot.end:%H:%M:%S}"
    if late > tolerance:
        what = f"L'émission dépasse {end} de {format_duration(late)} : raccourcir ou couper."
        yield Lack(kind=LackKind.GAP, item="", owner=owner, what=what)
    elif gap < -tolerance:
        what = f"Il reste {format_duration(-gap)} à remplir avant {end}."
        yield Lack(kind=LackKind.GAP, item="", owner=owner, what=what)
        return
    for line in timing.lines if timing is not None else ():
        title, hour = f"« {line.item.title} »", f"{line.anchor:%H:%M:%S}" if line.anchor is not None else ""
        if line.wait > tolerance:
            what = f"{title} part à {hour} : il y a {format_duration(line.wait)} de blanc avant."
        elif line.overlap > tolerance and late <= tolerance:
            what = f"{title} doit partir à {hour} : ce qui précède dépasse de {format_duration(line.overlap)}."
        else:
            continue
        yield Lack(kind=LackKind.GAP, item=line.item.id, owner=owner, what=what)


def _stopwatch(episode: Episode, show: Show) -> Iterator[Lack]:
    windows = [window.name for window in show.elections if window.start <= plain_day(episode.date) <= window.end]
    timed = {chronique.id for chronique in show.chroniques if chronique.political}
    political = [item for item in episode.items if item.political or item.chronique in timed]
    if not windows or not political or episode.stopwatch:
        return
    titles = enumerate_words([f"« {item.title} »" for item in political])
    yield Lack(
        kind=LackKind.STOPWATCH,
        item=political[0].id,
        owner=COMMITTEE,
        what=f"Période électorale ({enumerate_words(windows)}) : personne ne tient le chronomètre pour {titles}.",
    )


def _people(episode: Episode) -> Iterator[Lack]:
    for person in episode.people:
        item_id = next((item.id for item in episode.items if person.id in item.people), "")
        if person.needs_confirmation:
            what = f"{person.name} n'a pas encore confirmé sa venue."
            owner = inviter(episode, item_id)
            yield Lack(kind=LackKind.CONFIRMATION, item=item_id, owner=owner, what=what, person=person.id)
        missing = _missing_consent(person, plain_day(episode.date))
        if missing:
            owner = signer(person)
            yield Lack(kind=LackKind.CONSENT, item=item_id, owner=owner, what=missing, person=person.id)


def _missing_consent(person: Person, day: date) -> str:
    if not person.needs_consent or person.consent is Consent.REFUSED:
        return ""
    if person.consent is Consent.SIGNED:
        match signature_fault(person):
            case "" if person.lapsed(day) and person.consent_until is not None:
                by = f" par {person.representative}" if person.minor else ""
                until = long_date(person.consent_until)
                return f"{person.name} : autorisation échue le {until}, à signer de nouveau{by}."
            case "":
                return ""
            case fault if fault == NO_PAPER:
                return f"{person.name} : autorisation notée signée, mais où est rangée la feuille n'est pas noté."
            case _:
                return f"{person.name} : personne mineure, et le nom de qui a signé pour elle n'est pas noté."
    state = "demandée mais pas encore signée" if person.consent is Consent.REQUESTED else "pas encore demandée"
    if person.minor and not person.representative:
        return (
            f"{person.name} : personne mineure, autorisation {state}, et le nom de qui signe pour elle n'est pas noté."
        )
    if person.minor:
        return f"{person.name} : autorisation à signer par {person.representative}, {state}."
    return f"{person.name} : autorisation écrite {state}."


def _sounds(episode: Episode, pads: Mapping[str, PadFacts]) -> Iterator[Lack]:
    for item in episode.items:
        fault = _sound_fault(item, pads.get(item.id, PadFacts(exists=False))) if item.file else ""
        if fault:
            owner = responsible(episode, item, Role.EDITOR)
            yield Lack(kind=LackKind.SOUND, item=item.id, owner=owner, what=f"« {item.title} » : {fault}")


def _sound_fault(item: Item, found: PadFacts) -> str:
    if not found.exists:
        return f"le PAD n'est pas là ({item.file})."
    if not found.decodable:
        return f"le PAD n'est pas un son lisible ({item.file})."
    if found.silent:
        return f"le PAD ne contient que du silence ({item.file})."
    if found.duration >= item.duration + PAD_MARGIN:
        over, planned = format_duration(found.duration), format_duration(item.duration)
        return f"le PAD dure {over}, pour {planned} prévues ({item.file})."
    return ""


def _rights(episode: Episode) -> Iterator[Lack]:
    for item in episode.items:
        if item.podcast_rights is PodcastRights.UNKNOWN:
            works = enumerate_words(unknown_rights(item)) or item.bed or "la musique"
            what = f"« {item.title} » : les droits de podcast ne sont pas connus ({works})."
            owner = responsible(episode, item, Role.MUSICIAN)
            yield Lack(kind=LackKind.RIGHTS, item=item.id, owner=owner, what=what)


def _standby(episode: Episode) -> Iterator[Lack]:
    standbys = [item for item in episode.items if item.standby]
    if not all(is_bare(item) for item in standbys):
        return
    if standbys:
        titles = enumerate_words([f"« {item.title} »" for item in standbys])
        what = f"Rien de prêt en réserve : pour {titles}, ni source, ni fichier, ni personne."
    else:
        what = "Pas de PAD de secours : rien en réserve si quelqu'un ne vient pas."
    yield Lack(kind=LackKind.STANDBY, item="", owner=by_role(episode, Role.HOST), what=what)
