"""Tags of HTML and XML in a text, as they are written or escaped: a name may be cut by some. Pure."""

from __future__ import annotations

import re
from functools import lru_cache

_OPEN = r"(?:<|&(?:amp;){0,2}(?:lt|LT|#0{0,4}60|#[xX]0{0,4}3[cC]);|\\u003[cC])"
_CLOSE = r"(?:>|&(?:amp;){0,2}(?:gt|GT|#0{0,4}62|#[xX]0{0,4}3[eE]);|\\u003[eE])"
_INLINE = (
    "a|abbr|b|bdi|bdo|big|cite|code|data|del|dfn|em|font|i|ins|kbd|mark|q|s|samp|small|span|strike|strong|sub|sup|time|"
    "tt|u|var|wbr"
)
_REST = rf"(?:(?!{_OPEN}|{_CLOSE})[\s\S]){{0,400}}?"

INLINE = rf"{_OPEN}(?:/?(?:{_INLINE})(?![A-Za-z0-9:-]){_REST}|!--{_REST}--){_CLOSE}"
"""A tag or comment that may stand inside a word: « <b> », « &lt;/b&gt; »."""

TAG = re.compile(rf"{_OPEN}(?:/?[A-Za-z]{_REST}|!--{_REST}--){_CLOSE}", re.IGNORECASE)
"""Any tag, and any comment."""


def tags_in(raw: str) -> str:
    """The tags of a text one after the other, without what stands between them."""
    return "".join(found[0] for found in TAG.finditer(raw))


def without_tags(raw: str) -> str:
    """A text as it is read: nothing in the place of tags inside a line, a space in the place of the others."""
    return TAG.sub(lambda found: "" if is_inline(found[0]) else " ", raw)


@lru_cache(maxsize=4096)
def is_inline(tag: str) -> bool:
    """Whether a tag may stand inside a word."""
    return _IS_INLINE.fullmatch(tag) is not None


_IS_INLINE = re.compile(INLINE, re.IGNORECASE)
