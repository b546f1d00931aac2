"""HTML that the pages of a rundown share: the head of a page that stands alone, and text made safe. Pure."""

from __future__ import annotations

import html

from bobine.french import printable, typeset_print


def page_head(title: str, style: str) -> list[str]:
    """The lines of a page up to its body: readable on a phone, and nothing is asked of the network.

    Args:
        title: plain text.
        style: its style sheet, of ours.
    """
    return [
        "<!doctype html>",
        '<html lang="fr">',
        '<head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        f"<title>{safe(title)}</title>",
        f"<style>{style}</style></head>",
    ]


def safe(text: str) -> str:
    """Text from anywhere, typeset and escaped for between two tags; invisible commands are shown as dots."""
    return html.escape(typeset_print(printable(text)), quote=False)
