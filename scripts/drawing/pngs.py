"""PNGs of SVGs, drawn by Chromium."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from PIL import Image

AT_ONCE = 12
"""Pictures on one page of Chromium, which draws no more than some 16,000 pixels."""


def to_pngs(drawings: Mapping[Path, str]) -> None:
    """Let Chromium draw SVGs, several on a page since its start takes a while, and cut them apart.

    Args:
        drawings: the SVG for each file to write.
    """
    chromium = next(
        found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))
    )
    sizes = [_size(svg) for svg in drawings.values()]
    width, height = max(one for one, _ in sizes), sum(one for _, one in sizes)
    with tempfile.TemporaryDirectory() as folder:
        boxes = [
            # the terminal's own font instead of one from the network
            re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL)
            .replace("Fira Code", "DejaVu Sans Mono")
            .replace("<svg ", f'<svg width="{wide}" height="{high}" ', 1)
            for svg, (wide, high) in zip(drawings.values(), sizes, strict=True)
        ]
        page, picture = Path(folder) / "page.html", Path(folder) / "page.png"
        page.write_text(
            f"<meta charset=utf-8><style>body{{margin:0}}svg{{display:block}}</style>{''.join(boxes)}", encoding="utf-8"
        )
        command = [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
                   f"--user-data-dir={folder}/profile", f"--window-size={width},{height}", "--hide-scrollbars",
                   f"--screenshot={picture}", page.as_uri()]  # fmt: skip
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with Image.open(picture) as image:
            top = 0
            for path, (wide, high) in zip(drawings, sizes, strict=True):
                part = image.convert("RGB").crop((0, top, wide, top + high))
                part.quantize(64).save(path, optimize=True)
                sys.stdout.write(f"{path}\n")
                top += high


def _size(svg: str) -> tuple[int, int]:
    """Width and height of an SVG, pixels."""
    found = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    assert found is not None
    width, height = (int(float(part)) + 1 for part in found.groups())
    return width, height
