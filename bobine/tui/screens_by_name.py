"""The screens by name, each imported when it is first shown."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from bobine.tui.documents.desk import Desk
from bobine.tui.kit.screens.desk_screen import DeskScreen

if TYPE_CHECKING:
    from bobine.air.live.stage import Stage


def make_screen(name: str, desk: Desk, day: date | None, stage: Stage | None = None) -> DeskScreen:
    """A screen.

    Args:
        name: « season », « ideas », « team », « settings », « online », « report », « prompter », « onair »; any other
            is the rundown.
        desk: what it works on.
        day: the episode's; today's where none was chosen.
        stage: where the live show plays; the real one without it.
    """
    match name:
        case "season":
            from bobine.tui.season.screen import SeasonScreen

            return SeasonScreen(desk)
        case "ideas":
            from bobine.tui.ideas.screen import IdeasScreen

            return IdeasScreen(desk, day)
        case "team":
            from bobine.tui.team.screen import TeamScreen

            return TeamScreen(desk, day)
        case "settings":
            from bobine.tui.show.screen import SettingsScreen

            return SettingsScreen(desk)
        case "online":
            from bobine.tui.online.screen import OnlineScreen

            return OnlineScreen(desk, day)
        case "report":
            from bobine.tui.report.screen import ReportScreen

            return ReportScreen(desk)
        case "prompter":
            from bobine.tui.onair.prompter import PrompterScreen

            return PrompterScreen(desk, day or desk.today, stage)
        case "onair":
            from bobine.tui.onair.screen import AirScreen

            return AirScreen(desk, day or desk.today, stage)
        case _:
            from bobine.tui.rundown.screen import RundownScreen

            return RundownScreen(desk, day or desk.today)
