"""Lines broken at ordinary spaces only: the terminal's and the screens' libraries break at no-break spaces too."""

from __future__ import annotations

import re


def keep_unbroken() -> None:
    """Have Rich, and Textual which wraps by it, keep together what a no-break space holds together.

    Both look for words in one place, where any kind of space ends a word.
    """
    import rich._wrap

    rich._wrap.re_word = re.compile("[^\\S\u00a0\u202f]*[\\S\u00a0\u202f]+[^\\S\u00a0\u202f]*")
