"""No version with a known hole can be installed: the bounds of pyproject.toml exclude each."""

from __future__ import annotations

import importlib.metadata
import tomllib
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from packaging.requirements import Requirement

from tests.conftest import ROOT

HOLES = {
    "cryptography": ("42.0.8", "46.0.7", "49.0.0"),
    "distributed": ("2021.9.1", "2025.12.0", "2026.6.0"),
    "filelock": ("3.20.0", "3.20.2", "4.1.1"),
    "fonttools": ("4.42.1", "4.60.1"),
    "fpdf2": ("2.8.4",),
    "h11": ("0.14.0",),
    "idna": ("3.6", "3.13"),
    "lxml": ("5.3.1", "5.4.0", "6.0.4"),
    "msgpack": ("1.1.2", "1.2.0"),
    "paramiko": ("2.10.0", "3.3.1", "3.5.1", "4.0.0"),
    "pillow": ("10.1.0", "10.2.0", "11.2.1", "12.1.0", "12.2.0", "12.3.0"),
    "pynacl": ("1.5.0", "1.6.1"),
    "starlette": ("0.39.0", "0.47.1", "0.49.0", "1.0.0", "1.3.0"),
    "tornado": ("6.4.1", "6.5", "6.5.6"),
    "urllib3": ("2.0.7", "2.2.1", "2.4.0", "2.5.0", "2.6.3", "2.7.0"),
    "uvicorn": ("0.11.6",),
}
"""Versions before holes were mended."""

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]

BOUNDS = {
    one.name: one for one in map(Requirement, [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["grappe"]])
}


@pytest.mark.boundary
@pytest.mark.parametrize(("name", "version"), [(name, version) for name, found in HOLES.items() for version in found])
def test_a_version_with_a_hole_is_excluded(
    name: str, version: str, attempt: Callable[[str], AbstractContextManager[None]]
) -> None:
    with attempt("a dependency with a known hole"):
        assert not BOUNDS[name].specifier.contains(version)


@pytest.mark.parametrize("name", BOUNDS)
def test_what_is_installed_is_within_its_bounds(name: str) -> None:
    marker = BOUNDS[name].marker
    if marker is None or marker.evaluate():
        assert BOUNDS[name].specifier.contains(importlib.metadata.version(name))
