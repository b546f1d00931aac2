"""The templates: everything put into a page is escaped, and a name that is not there is an error."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import Expr
from markupsafe import Markup, escape

from bobine.french import long_date, typeset_print
from bobine.model.episode_day import plain_day
from bobine.publish.pages.colours import style_sheet
from bobine.publish.pages.words import clock, counted, length, linked
from bobine.store.codec.json_text import json_text

_FOLDER = Path(__file__).parent / "templates"
_TEXTS = 1 << 14  # texts whose typography is remembered: titles and names come again and again
_INCLUDE = re.compile(r'\{% include "([a-z]+\.html)" %\}\n?')
_EXTENDS = re.compile(r'\{% extends "([a-z]+\.html)" %\}\n?')
_BLOCK = re.compile(r"\{% block ([a-z]+) %\}\n?((?:(?!\{% block ).)*?)\{% endblock %\}\n?", re.DOTALL)
_TELLING = re.compile(r"""[&<>"']""").search
_UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'"
)
"""``Content-Security-Policy`` of the pages, said in each: they run and fetch only what lies beside them."""

FRAME_POLICY = {True: f"{PAGE_POLICY}; frame-ancestors *", False: f"{PAGE_POLICY}; frame-ancestors 'none'"}
"""The same as a server says it: with whether other sites may show the page in a frame, which a page cannot say."""

INDEX_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; media-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)
"""``Content-Security-Policy`` of the local server's own page: it runs nothing, and fetches only from this server."""


class _Whole(FileSystemLoader):
    """Loads templates with what they include and extend put into one: thousands of pages would look for each piece."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """The source of a template, whole."""
        source, path, is_current = super().get_source(environment, template)
        source = _INCLUDE.sub(lambda found: self.get_source(environment, found[1])[0], source)
        extended = _EXTENDS.match(source)
        if extended is not None:
            own = dict(_BLOCK.findall(source))
            imports = _BLOCK.sub("", source[extended.end() :])
            source = imports + self._base(environment, extended[1], own)
        return source, path, is_current

    def _base(self, environment: Environment, template: str, own: Mapping[str, str]) -> str:
        """A template that others extend, with its blocks as one of them has them; blocks may hold others."""
        source, replaced = super().get_source(environment, template)[0], 1
        source = _INCLUDE.sub(lambda found: self.get_source(environment, found[1])[0], source)
        while replaced:
            source, replaced = _BLOCK.subn(lambda found: own.get(found[1], found[2]), source)
        return source


class _Generator(CodeGenerator):
    """Has values escaped by :meth:`_Environment.put`."""

    def _output_child_pre(self, node: Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.put(")


class _Environment(Environment):
    """Escapes every value as Jinja2 does, in a third of the time where there is nothing to escape."""

    code_generator_class = _Generator

    @staticmethod
    def put(value: object) -> str:
        """A value as a page may hold it."""
        if type(value) is Markup or (type(value) is str and _TELLING(value) is None):
            return value
        return str(value) if type(value) is int else escape(value)


@lru_cache(_TEXTS)
def in_french(text: str) -> Markup:
    """Text as a page holds it: in French typography, and escaped."""
    return escape(typeset_print(text))


def rendered(template: str, **values: Any) -> bytes:
    """A page from its template, in UTF-8."""
    made = _template(template)
    values["policy"] = PAGE_POLICY
    # the values as they are: they are nobody else's, and there are no globals, which Jinja2 would look through
    context = made.environment.context_class(made.environment, values, template, made.blocks)
    return "".join(made.root_render_func(context)).encode(errors="replace")


@cache
def _template(name: str) -> Template:
    return environment().get_template(name)


@cache
def environment() -> Environment:
    """The templates, read once."""
    made = _Environment(
        loader=_Whole(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters |= {
        "fr": in_french,
        "typeset": typeset_print,
        "clock": clock,
        "length": length,
        "counted": counted,
        "long_date": lru_cache(_TEXTS)(long_date),
        "iso_day": lru_cache(_TEXTS)(lambda day: plain_day(day).isoformat()),
        "linked": lambda line: Markup(linked(line)),  # noqa: S704 - escaped there
    }
    return made


def json_for_page(table: Mapping[str, Any]) -> Markup:
    """A table as JSON that can stand in a ``script`` element: it cannot end it (HTML, 4.12.1.3)."""
    text = json_text(table, compact=True)
    for char, code in _UNSAFE.items():
        text = text.replace(char, code)
    return Markup(text)  # noqa: S704 - nothing in it is a tag any more


@cache
def assets() -> dict[str, tuple[str, bytes]]:
    """The style sheet and the scripts: suffix and content, by name."""
    style = style_sheet() + (_FOLDER / "style.css").read_text(encoding="utf-8")
    scripts = {name: (_FOLDER / f"{name}.js").read_bytes() for name in ("player", "search")}
    return {"style": ("css", style.encode()), **{name: ("js", content) for name, content in scripts.items()}}


@cache
def asset_digests() -> dict[str, str]:
    """The SHA-256 of each style sheet and script, by name."""
    return {name: hashlib.sha256(content).hexdigest() for name, (_, content) in assets().items()}


@cache
def making_digest() -> str:
    """A digest of all that pages are made with: it changes when every page does."""
    whole = hashlib.sha256()
    for path in sorted(_FOLDER.iterdir()):
        whole.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    whole.update(assets()["style"][1])
    return whole.hexdigest()
