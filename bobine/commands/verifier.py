"""``bobine verifier``: is everything there to make and publish a show? One line each."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from functools import partial

from bobine import ffmpeg
from bobine.air.live.journal import JOURNAL_FILE
from bobine.air.live.journal_check import journal_fault
from bobine.commands.console import Console
from bobine.commands.places import now, open_root
from bobine.errors import BobineError, ToolError
from bobine.evening.consents import lapsed_consents
from bobine.evening.edits import faults as edit_faults
from bobine.evening.keeping import recordings_words
from bobine.evening.online.going_out import known_online
from bobine.evening.privacy.unfinished import unfinished
from bobine.evening.transcripts.heard import transcript_faults
from bobine.french import enumerate_words
from bobine.model.destination import Destination
from bobine.model.show import Show
from bobine.plan.fields.field_words import label_inside
from bobine.plan.season.numbers import same_number_words, same_numbers
from bobine.plan.settings.unfilled import unfilled_settings
from bobine.publish.destinations.limits import limits_of
from bobine.publish.destinations.opening import open_store
from bobine.store.documents.episodes import read_episode
from bobine.store.documents.hours import read_hours, read_other_hours
from bobine.store.documents.ideas import read_ideas
from bobine.store.documents.shows import SHOWS_FILE
from bobine.store.documents.team import read_team
from bobine.store.stray_files import conflict_copies, misnamed_episodes
from bobine.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Check:
    """One thing verified."""

    name: str
    ok: bool
    detail: str


def run(options: argparse.Namespace) -> int:
    """Run the command; 1 if anything is wrong."""
    console = Console(as_json=options.json)
    if options.flux is not None:
        from bobine.commands.feed_check import check_feeds  # images and XML are slow to import

        return check_feeds(options, console)
    checks = []
    for check in _checks(options):
        checks.append(check)
        console.say(f"{'✓' if check.ok else '✗'} {check.name} : {check.detail}", "" if check.ok else "bold red")
    ok = all(check.ok for check in checks)
    console.result({"ok": ok, "checks": [asdict(check) for check in checks]})
    console.say("Tout est prêt." if ok else "À régler avant l'émission : les lignes marquées ✗.")
    return 0 if ok else 1


def _checks(options: argparse.Namespace) -> Iterator[Check]:
    yield _tried("ffmpeg", _ffmpeg)
    try:
        workspace = open_root(options)
    except BobineError as error:
        yield Check("atelier", ok=False, detail=str(error))
        return
    yield Check("atelier", ok=True, detail=f"{workspace.root} ({enumerate_words([s.title for s in workspace.shows])})")
    for show in workspace.shows:
        yield _unfilled(show)
    copies = conflict_copies(workspace.root)
    if copies:
        yield Check("copies en conflit", ok=False, detail="\n".join(copies))
    misnamed = misnamed_episodes(workspace.root)
    if misnamed:
        yield Check("dossiers mal nommés", ok=False, detail="\n".join(misnamed))
    yield from _removals(workspace)
    yield from _episodes(workspace)
    for destination in workspace.destinations:
        if options.vers in (None, destination.name):
            yield _tried(f"destination {destination.name}", partial(_destination, destination, workspace))
            yield from _feeds(destination, workspace)
    if options.vers is not None:
        workspace.destination(options.vers)


def _removals(workspace: Workspace) -> Iterator[Check]:
    """Removals of somebody that are not finished, or that time has come to finish; nothing where there are none."""
    try:
        left = unfinished(workspace.root, now().date())
    except BobineError as error:
        left = (str(error),)
    if left:
        yield Check("oublis", ok=False, detail="\n".join(left))


def _unfilled(show: Show) -> Check:
    left = [f"{label_inside(Show, name)} (« {words} »)" for name, words in unfilled_settings(show)]
    detail = f"il reste à remplir, sur l'écran Réglages (F8) ou dans {SHOWS_FILE} : {enumerate_words(left)}"
    return Check(f"réglages de {show.slug}", ok=not left, detail=detail if left else "tout est rempli")


def _tried(name: str, check: Callable[[], str]) -> Check:
    try:
        return Check(name, ok=True, detail=check())
    except BobineError as error:
        return Check(name, ok=False, detail=str(error))


def _ffmpeg() -> str:
    tool = ffmpeg.find()
    lacking = ffmpeg.lacks()
    if lacking:
        raise ToolError(f"version {tool.version} ({tool.origin}), mais il lui manque {enumerate_words(lacking)}.")
    return f"version {tool.version} ({tool.origin}, {tool.path})"


def _episodes(workspace: Workspace) -> Iterator[Check]:
    for show in workspace.shows:
        days = workspace.episode_dates(show)
        faults: list[str] = []
        read_well = []
        for day in days:
            try:
                read_well.append(read_episode(workspace, show, day))
                faults += edit_faults(workspace.folder(show, day), read_well[-1])
                faults += transcript_faults(workspace.folder(show, day))
                read_hours(workspace, show, day)
            except BobineError as error:
                faults.append(str(error))
        lapsed = lapsed_consents(workspace, show, read_well, now().date())
        if lapsed:
            over = any(one.over for one in lapsed)
            yield Check(f"autorisations de {show.slug}", ok=not over, detail="\n".join(one.words for one in lapsed))
        faults += [same_number_words(*pair) for pair in same_numbers(read_well)]
        for read in (read_ideas, read_team, read_other_hours):
            try:
                read(workspace, show)
            except BobineError as error:
                faults.append(str(error))
        detail = (
            "\n".join(faults)
            or f"{len(days)} épisode{'s' if len(days) > 1 else ''} lisible{'s' if len(days) > 1 else ''}"
        )
        yield Check(show.slug, ok=not faults, detail=detail)
        journals = [workspace.folder(show, day) for day in days]
        wrong = [
            said
            for one in journals
            if (said := journal_fault(one.path / JOURNAL_FILE, f"{one.reference}/{JOURNAL_FILE}"))
        ]
        if wrong:
            yield Check(f"journaux de {show.slug}", ok=False, detail="\n".join(wrong))
        whole, words = recordings_words(workspace, show, now())
        yield Check(f"enregistrements de {show.slug}", ok=whole, detail=words)


def _feeds(destination: Destination, workspace: Workspace) -> Iterator[Check]:
    """The feeds that this workspace put there, as the public gets them."""
    from bobine.evening.online.served import feed_as_served  # XML is slow to import

    for show in workspace.shows:
        if not known_online(workspace, show, destination.name):
            continue
        name = f"flux de {show.slug} ({destination.name})"
        try:
            store = open_store(destination, workspace.root)
        except BobineError as error:
            yield Check(name, ok=False, detail=str(error))
            continue
        served = feed_as_served(show, destination, store)
        if served is not None:
            said = served.sentences or ("le public reçoit ce qui a été publié",)
            yield Check(name, ok=not served.fault, detail="\n".join(said))


def _destination(destination: Destination, workspace: Workspace) -> str:
    store = open_store(destination, workspace.root)
    store.check()
    return "\n".join(
        (f"accessible et inscriptible ({store.location('')})", *(f"· {limit}" for limit in limits_of(store)))
    )
