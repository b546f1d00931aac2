"""The report of a season, as last worked out: it is made again only where a file that it rests on changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bobine.air.live.journal import JOURNAL_FILE
from bobine.evening.seasons.reading import read_report
from bobine.model.episode_day import plain_day
from bobine.report.figures import SeasonReport
from bobine.store.records.listening import listening_path
from bobine.tui.documents.desk import Desk
from bobine.tui.documents.signatures import Signature, signature


class ReportRead:
    """The reports of the desk's show."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._seen: Signature = ()
        self._report: SeasonReport | None = None

    @property
    def last_begun(self) -> int:
        """The season of the last show until today; that of today where there is none."""
        begun = [day for day in self._desk.days() if plain_day(day) <= self._desk.today]
        return self._desk.show.season.number(begun[-1] if begun else self._desk.today)

    def read(self, number: int) -> SeasonReport:
        """The report of a season; reads its files and those of the seasons before.

        Raises:
            UnusableFileError: if the folder of the show's episodes cannot be read.
        """
        seen = self._signature(number)
        if self._report is None or seen != self._seen:
            self._report = read_report(self._desk.workspace, self._desk.show, number)
            self._seen = seen
        return self._report

    def _signature(self, number: int) -> Signature:
        return number, self._desk.show, *signature(self._files(number))

    def _files(self, number: int) -> Iterator[Path]:
        desk = self._desk
        yield desk.workspace.team_file(desk.show)
        yield desk.workspace.hours_file(desk.show)
        yield listening_path(desk.workspace.root, desk.show.slug)
        for day in desk.days():
            if desk.show.season.number(day) <= number:
                folder = desk.workspace.folder(desk.show, day)
                yield from (folder.plan, folder.hours, folder.as_run, folder.release, folder.path / JOURNAL_FILE)
