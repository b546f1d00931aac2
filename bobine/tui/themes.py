"""The two themes: every text on every ground has a contrast of 4.5 to 1 or more (WCAG 2.2, 1.4.3); all style sheets."""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import Any

from textual.theme import Theme

STYLE_SHEETS: list[str | PurePath] = [*sorted(Path(__file__).parent.rglob("*.tcss"), key=lambda path: len(path.parts))]
"""Of the application and all its screens: each that is read later has all read, and every widget styled, once more."""

_DARK = {
    "tone-muted": "#b3bac4",
    "tone-good": "#8fd6a0",
    "tone-warn": "#f2c45a",
    "tone-alert": "#ff9d8f",
    "cursor-background": "#f2c45a",
    "cursor-foreground": "#16130b",
    "cursor-away": "#3a4452",
    "field": "#10141a",
    "line": "#6b7685",
}

_LIGHT = {
    "tone-muted": "#55504a",
    "tone-good": "#1c6130",
    "tone-warn": "#6e4a00",
    "tone-alert": "#a11d12",
    "cursor-background": "#174a6e",
    "cursor-foreground": "#ffffff",
    "cursor-away": "#d9d2c5",
    "field": "#ffffff",
    "line": "#857d72",
}


def _theme(name: str, colors: dict[str, str], *, dark: bool, **grounds: Any) -> Theme:
    foreground, panel = grounds["foreground"], grounds["panel"]
    return Theme(
        name=name,
        dark=dark,
        error=colors["tone-alert"],
        warning=colors["tone-warn"],
        success=colors["tone-good"],
        variables={
            **colors,
            "text": foreground,
            "text-muted": colors["tone-muted"],
            "text-disabled": colors["tone-muted"],
            "foreground-muted": colors["tone-muted"],
            "foreground-disabled": colors["tone-muted"],
            "text-error": colors["tone-alert"],
            "text-warning": colors["tone-warn"],
            "text-success": colors["tone-good"],
            "block-cursor-background": colors["cursor-background"],
            "block-cursor-foreground": colors["cursor-foreground"],
            "block-cursor-blurred-background": colors["cursor-away"],
            "block-cursor-blurred-foreground": foreground,
            "block-hover-background": colors["cursor-away"],
            "input-selection-background": colors["cursor-away"],
            "input-cursor-background": foreground,
            "input-cursor-foreground": colors["field"],
            "border": grounds["primary"],
            "border-blurred": colors["line"],
            "footer-background": panel,
            "footer-foreground": foreground,
            "footer-description-background": panel,
            "footer-description-foreground": foreground,
            "footer-item-background": panel,
            "footer-key-background": panel,
            "footer-key-foreground": grounds["primary"],
            "scrollbar": colors["line"],
            "scrollbar-hover": colors["tone-muted"],
            "scrollbar-active": grounds["primary"],
            "scrollbar-background": grounds["surface"],
            "scrollbar-background-hover": grounds["surface"],
            "scrollbar-background-active": grounds["surface"],
            "scrollbar-corner-color": grounds["surface"],
        },
        **grounds,
    )


DARK = _theme(
    "bobine-sombre",
    _DARK,
    dark=True,
    primary="#f0a26b",
    secondary="#9cc4e8",
    accent="#f0a26b",
    foreground="#eceae5",
    background="#14181e",
    surface="#191e25",
    panel="#242b35",
)

LIGHT = _theme(
    "bobine-clair",
    _LIGHT,
    dark=False,
    primary="#8a3a10",
    secondary="#174a6e",
    accent="#8a3a10",
    foreground="#211f1b",
    background="#f4efe6",
    surface="#fbf8f2",
    panel="#eae3d6",
)
