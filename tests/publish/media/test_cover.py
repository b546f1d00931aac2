from __future__ import annotations

import io
import os
import subprocess
import sys
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageCms, ImageDraw

from bobine.errors import PublishError
from bobine.publish.cover.draw import draw_cover, read_cover, show_cover, small_cover
from bobine.publish.cover.images import COVER_BYTES, EMBEDDED_BYTES, THUMBNAIL_BYTES, side, thumbnail
from bobine.publish.cover.lettering import BOLD, Style, drawable, fit
from bobine.publish.cover.palette import PALETTES, Colour, Palette, palette_for
from tests.publish.samples import NASTY_TITLES

SHOW = ("La Bobine Romanaise", "L'émission qui vous aiguille la pelote", "Radio Méga 99.2 FM")
WHEN = ("jeudi 26 novembre 2026", "saison 8, nº 7")


def opened(content: bytes) -> Image.Image:
    with Image.open(io.BytesIO(content)) as image:
        image.load()
        return image


TITLES = (NASTY_TITLES[0], "é" * 255, "W" * 5000, "", " ".join(["mot"] * 90))
"""Nasty to a typeface; the others come down to plain words before anything is drawn."""


@lru_cache
def draw(title: str) -> bytes:
    return draw_cover(*SHOW, title, *WHEN)


@pytest.mark.slow
@pytest.mark.parametrize("title", TITLES)
def test_any_title_makes_a_cover(title: str) -> None:
    content = draw(title)
    image = opened(content)
    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (3000, 3000))
    assert len(content) < COVER_BYTES
    assert "exif" not in image.info
    assert "icc_profile" not in image.info


@pytest.mark.slow
def test_the_same_texts_give_the_same_bytes_in_another_process() -> None:
    code = "import sys, hashlib; from bobine.publish.cover.draw import draw_cover\n"
    code += f"print(hashlib.sha256(draw_cover(*{SHOW!r}, 'La fanfare', *{WHEN!r})).hexdigest())"
    root = Path(__file__).parents[3]
    seeds = [
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONHASHSEED": seed},
            cwd=root,
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert seeds[0] == seeds[1]
    assert len(seeds[0].strip()) == 64


@pytest.mark.slow
def test_a_title_without_a_glyph_gives_way_to_the_date() -> None:
    assert draw("برنامج إذاعي من رومان") == draw("🎉🎉") == draw(WHEN[0])


@pytest.mark.slow
def test_two_titles_and_two_numbers_look_different() -> None:
    first = opened(draw("La fanfare"))
    other_title = opened(draw("Le cinéma"))
    other_number = opened(draw_cover(*SHOW, "La fanfare", WHEN[0], "saison 8, nº 8"))
    box = (200, 600, 2800, 1500)
    assert ImageChops.difference(first.crop(box), other_title.crop(box)).getbbox() is not None
    assert first.getpixel((10, 10)) != other_number.getpixel((10, 10))


@pytest.mark.slow
def test_the_channel_has_a_cover_of_its_own() -> None:
    image = opened(show_cover(*SHOW))
    assert image.size == (3000, 3000)
    assert show_cover("Zéro", "", "") != show_cover(*SHOW)
    assert opened(show_cover("🎉", "🎉", "🎉")).size == (3000, 3000)


@pytest.mark.slow
def test_the_text_is_read_at_300_pixels() -> None:
    """The title's strokes keep most of their contrast when the cover is as small as a phone shows it."""
    image = opened(draw("Littérature et cinéma")).convert("L").resize((300, 300), Image.Resampling.LANCZOS)
    darkest, lightest = image.crop((20, 60, 280, 150)).getextrema()
    assert lightest - darkest > 120  # type: ignore[operator]


def luminance(colour: Colour) -> float:
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in (c / 255 for c in colour)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: Colour, second: Colour) -> float:
    dark, light = sorted((luminance(first), luminance(second)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("palette", PALETTES)
def test_palettes_are_legible(palette: Palette) -> None:
    assert contrast(palette.ground, palette.text) >= 7
    assert contrast(palette.ground, palette.label) >= 4.5
    assert contrast(palette.ground, palette.yarn) >= 2.4


def test_two_episodes_in_a_row_never_look_alike() -> None:
    shown = [palette_for("La Bobine Romanaise", f"saison 8, nº {number}") for number in range(1, 40)]
    assert all(before != after for before, after in pairwise(shown))
    assert set(shown) == set(PALETTES)


@given(st.text(max_size=400), st.integers(30, 3000), st.integers(60, 1500))
@settings(deadline=None, max_examples=60)
def test_text_fits_its_room(text: str, width: int, height: int) -> None:
    style = Style(BOLD, range(200, 39, -20))
    drawn = drawable(text)
    if not drawn:
        return
    block = fit(drawn, style, width, height)
    assert block.height <= max(height, block.size * style.leading)
    canvas = Image.new("L", (width + 400, 200 + round(block.height)))
    block.draw(ImageDraw.Draw(canvas), 100, 100, 255)  # type: ignore[arg-type]
    box = canvas.getbbox()
    assert box is not None
    assert box[2] <= width + 100 + block.size


def test_text_shrinks_then_ends_in_an_ellipsis() -> None:
    style = Style(BOLD, range(200, 39, -20))
    assert fit("Court", style, 2000, 400).size == 200
    medium = fit("Un titre nettement plus long que le premier", style, 2000, 400)
    assert 40 < medium.size < 200
    long = fit("mot " * 60 + "fin", style, 1000, 120)
    assert long.size == 40
    assert long.lines[-1].endswith("…")
    assert "…" not in "".join(fit("x" * 60, style, 1000, 400).lines)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fête 🎉 au studio", "Fête au studio"),
        ("L'été : « oui » ?", "L’été\u00a0: «\u00a0oui\u00a0»\u00a0?"),
        ("e\u0301te\u0301", "été"),
        ("برنامج 12", ""),
        ("!!! 🎉", ""),
        ("a\nb\x1b[0m", "a b[0m"),
    ],
)
def test_only_what_the_typeface_has_is_drawn(text: str, expected: str) -> None:
    assert drawable(text) == expected


def noise(side: int) -> Image.Image:
    grey = Image.effect_noise((side, side), 90)
    return Image.merge("RGB", (grey, grey.rotate(90), grey.rotate(180)))


@pytest.mark.slow
@pytest.mark.parametrize("side", [1400, 3000])
def test_the_embedded_cover_is_small_whatever_it_shows(side: int) -> None:
    stream = io.BytesIO()
    noise(side).save(stream, "JPEG", quality=95)
    content = small_cover(stream.getvalue())
    image = opened(content)
    assert len(content) <= EMBEDDED_BYTES
    assert image.width == image.height >= 400
    assert small_cover(stream.getvalue()) == content


@pytest.mark.slow
def test_the_embedded_cover_of_a_drawn_one_keeps_its_size() -> None:
    content = small_cover(draw("La fanfare"))
    assert opened(content).size == (1400, 1400)
    assert len(content) <= EMBEDDED_BYTES


@pytest.mark.parametrize(
    ("mode", "suffix"),
    [
        ("RGB", "jpg"),
        ("CMYK", "jpg"),
        ("L", "jpg"),
        ("RGB", "png"),
        ("RGBA", "png"),
        ("P", "png"),
        ("LA", "png"),
        ("I;16", "png"),
    ],
)
def test_given_covers_become_plain_rgb(tmp_path: Path, mode: str, suffix: str) -> None:
    path = tmp_path / f"image.{suffix}"
    Image.new(mode, (1400, 1400)).save(path)
    image = opened(read_cover(path))
    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (1400, 1400))


def test_transparency_becomes_white(tmp_path: Path) -> None:
    path = tmp_path / "logo.png"
    logo = Image.new("RGBA", (1500, 1500), (255, 0, 0, 0))
    logo.paste((0, 0, 255, 255), (0, 0, 700, 1500))
    logo.save(path)
    image = opened(read_cover(path))
    assert image.getpixel((1400, 700)) == (255, 255, 255)
    red, _, blue = image.getpixel((100, 100))  # type: ignore[misc]
    assert (red, blue) < (10, 245)
    assert blue > 240


def test_metadata_is_left_behind_but_the_image_stands_upright(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    photo = Image.new("RGB", (1400, 1400), "black")
    photo.paste((255, 255, 255), (0, 0, 1400, 200))
    exif = photo.getexif()
    exif[0x0112] = 3  # upside down
    exif[0x010F] = "Appareil de Nadia"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    photo.save(path, exif=exif, icc_profile=profile, comment=b"secret")
    content = read_cover(path)
    assert b"Nadia" not in content
    assert b"secret" not in content
    assert b"ICC_PROFILE" not in content
    image = opened(content)
    assert image.getpixel((700, 100)) == (0, 0, 0)
    assert image.getpixel((700, 1300)) == (255, 255, 255)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(
    ("size", "words"),
    [
        ((1399, 1399), "1399 × 1399"),
        ((3001, 3001), "3001 × 3001"),
        ((1400, 1500), "carrée"),
        ((10_000, 10_000), "10000 × 10000"),
        ((14_000, 14_000), "ne peut pas être lue"),
    ],
)
def test_covers_of_a_wrong_size_are_refused(tmp_path: Path, size: tuple[int, int], words: str) -> None:
    path = tmp_path / "image.png"
    Image.new("1", size).save(path)
    with pytest.raises(PublishError, match=words):
        read_cover(path)


@pytest.mark.slow
def test_a_heavy_cover_is_made_lighter(tmp_path: Path) -> None:
    path = tmp_path / "photo.png"
    noise(2000).save(path)
    content = read_cover(path)
    assert len(content) <= COVER_BYTES
    assert side(content) == opened(content).width >= 1400
    small = thumbnail(content)
    assert len(small) <= THUMBNAIL_BYTES
    assert opened(small).size == (320, 320)


def test_what_is_no_image_is_refused(tmp_path: Path) -> None:
    text = tmp_path / "texte.jpg"
    text.write_text("pas une image")
    gif = tmp_path / "image.gif"
    Image.new("P", (1400, 1400)).save(gif)
    cut = tmp_path / "coupée.jpg"
    noise(1400).save(cut)
    cut.write_bytes(cut.read_bytes()[:20_000])
    for path, words in ((text, "JPEG ou PNG"), (gif, "JPEG ou PNG"), (cut, "ne peut pas être lue")):
        with pytest.raises(PublishError, match=words):
            read_cover(path)
    with pytest.raises(PublishError, match="n'existe pas"):
        read_cover(tmp_path / "absente.png")
    with pytest.raises(PublishError, match="ne peut pas être lue"):
        read_cover(tmp_path)
