"""Times ``bobine monter`` beside ``ffmpeg-normalize --preset podcast`` on one recording, in one run.

Both results are measured the same way, by ffmpeg's ebur128 on the decoded files; the table is Markdown. In the longest
spoken item of a show that is made, half minutes are turned up and down in turn by 6 dB: a host, and a guest who sits
far from the microphone.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from measuring.machine import machine
from measuring.processes import Cost, timed

from bobine import ffmpeg, ffmpeg_input
from bobine.demo.show import make_show
from bobine.demo.workspace import make_demo_workspace
from bobine.master.levelling.voices import inside_spread_lu
from bobine.model.episode import ItemKind
from bobine.store.documents.episodes import read_episode
from bobine.store.workspace import open_workspace

BIN = Path(sys.executable).parent
Span = tuple[float, float]


@dataclass(frozen=True)
class Quality:
    """What came out, measured on the decoded file.

    ``spread_lu`` is between spoken items, ``inside_lu`` inside the one whose voices lie furthest apart, ``guest_lu``
    inside the one with the guest.
    """

    lufs: float
    dbtp: float
    lra_lu: float
    spread_lu: float
    inside_lu: float
    guest_lu: float


def loudness(path: Path, start_s: float | None = None, end_s: float | None = None) -> dict[str, float]:
    """ffmpeg's own summary of a decoded file, or of a part of it: I (LUFS), LRA (LU), Peak (dBTP)."""
    cut = [] if start_s is None or end_s is None else ["-ss", f"{start_s}", "-t", f"{end_s - start_s}"]
    filters = "ebur128=peak=true:framelog=verbose"
    given = ffmpeg_input.as_arguments(ffmpeg_input.of_file(), ffmpeg.local_file(path))
    log = ffmpeg.run([*cut, *given, "-map", "0:a:0", "-af", filters, "-f", "null", "-"], level="info").log
    return {name: float(re.findall(rf"\b{name}:\s+(-?[\d.]+)", log)[-1]) for name in ("I", "LRA", "Peak")}


def inside(path: Path, span: Span) -> float:
    """How far the voices of an item lie apart, LU, as the manifest defines it."""
    given = ffmpeg_input.as_arguments(ffmpeg_input.of_file(), ffmpeg.local_file(path))
    cut = ["-ss", f"{span[0]}", "-t", f"{span[1] - span[0]}"]
    filters = "ebur128=metadata=1,ametadata=mode=print:key=lavfi.r128.M:file=-"
    printed = ffmpeg.run([*cut, *given, "-map", "0:a:0", "-af", filters, "-f", "null", "-"]).output.decode()
    blocks = [float(block) for block in re.findall(r"r128\.M=(\S+)", printed)]
    return inside_spread_lu(blocks[3:]) or 0.0


def quality(path: Path, spans: Sequence[Span]) -> Quality:
    """Measure a file, and its spoken items at ``spans`` (seconds)."""
    whole = loudness(path)
    items = [loudness(path, start, end)["I"] for start, end in spans]
    apart = [inside(path, span) for span in spans]
    guest = apart[longest(spans)]
    return Quality(whole["I"], whole["Peak"], whole["LRA"], max(items) - min(items), max(apart), guest)


def longest(spans: Sequence[Span]) -> int:
    """Which of them lasts longest."""
    return max(range(len(spans)), key=lambda n: spans[n][1] - spans[n][0])


def with_guest(made: Path, spoken: Collection[str]) -> None:
    """Turn half minutes of the longest spoken item up and down in turn by 6 dB, in the recording itself."""
    marks = json.loads((made / "marks.json").read_text(encoding="utf-8"))
    spans = [(m["start"] / marks["rate"], m["end"] / marks["rate"]) for m in marks["items"] if m["kind"] in spoken]
    start, end = spans[longest(spans)]
    plain, louder = made / "recording.wav", made / "turned.wav"
    given = ffmpeg_input.as_arguments(ffmpeg_input.of_file(), ffmpeg.local_file(plain))
    turns = f"if(gte(mod(t-{start},60),30),{10 ** (-6 / 20)},{10 ** (6 / 20)})"
    gain = f"volume='if(between(t,{start},{end}),{turns},1)':eval=frame"
    ffmpeg.run(["-y", *given, "-af", gain, "-c:a", "pcm_s16le", "-bitexact", ffmpeg.local_file(louder)])
    louder.replace(plain)


def prepare(options: argparse.Namespace, folder: Path) -> tuple[Path, Path, frozenset[str], dict[str, Span]]:
    """A workspace with the recording attached: its folder, the recording, the spoken items' ids, all items' spans."""
    made = options.enregistrement or folder / "show"
    if options.enregistrement is None:
        make_show(made, options.minutes, options.seed, options.son)
        with_guest(made, {kind.value for kind in ItemKind if kind.spoken})
    workspace = folder / "atelier"
    slug, day = make_demo_workspace(workspace, workspace / "feed", date(2026, 11, 19), options.minutes)
    plan = workspace / "episodes" / slug / day.isoformat() / "episode.toml"
    plan.write_text(
        plan.read_text(encoding="utf-8").replace('podcast = "cut"', 'podcast = "cleared"'), encoding="utf-8"
    )
    opened = open_workspace(workspace)
    spoken = frozenset(item.id for item in read_episode(opened, opened.show(slug), day).items if item.kind.spoken)
    output = folder / "importer.json"
    files = [str(made / "recording.wav"), "--reperes", str(made / "marks.json")]
    timed([*bobine(workspace), "importer", day.isoformat(), *files, "--json"], output)
    aired = json.loads(output.read_text(encoding="utf-8"))["items"]
    return workspace, made / "recording.wav", spoken, {item["id"]: (item["start_s"], item["end_s"]) for item in aired}


def bobine(workspace: Path) -> list[str]:
    """The command, in a workspace."""
    return [str(BIN / "bobine"), "--atelier", str(workspace)]


def mastered(workspace: Path, formats: str, folder: Path) -> tuple[Cost, dict[str, Any]]:
    """``bobine monter`` once, from nothing: what it took, and what it says."""
    output = folder / "monter.json"
    day = next((workspace / "episodes").glob("*/*")).name
    for cache in (workspace / "episodes").glob("*/*/master/.cache"):
        shutil.rmtree(cache)
    cost = timed([*bobine(workspace), "monter", day, "--json", "--formats", formats], output)
    return cost, json.loads(output.read_text(encoding="utf-8"))


def ours(workspace: Path, formats: str, spoken: frozenset[str], folder: Path) -> tuple[Cost, dict[str, Quality]]:
    """``bobine monter`` once, from nothing, and what its files measure."""
    cost, found = mastered(workspace, formats, folder)
    spans = [(item["start_s"], item["end_s"]) for item in found["items"] if item["id"] in spoken]
    return cost, {name: quality(Path(found[name]["path"]), spans) for name in formats.split(",")}


def again(workspace: Path, formats: str, folder: Path) -> tuple[Cost, dict[str, int]]:
    """``bobine monter`` once more: what it takes, and how many segments were reused and encoded."""
    output = folder / "again.json"
    day = next((workspace / "episodes").glob("*/*")).name
    cost = timed([*bobine(workspace), "monter", day, "--json", "--formats", formats], output)
    return cost, json.loads(output.read_text(encoding="utf-8"))["segments"]


def corrected(workspace: Path) -> None:
    """Move the bound in the middle of the show by a second."""
    (path,) = (workspace / "episodes").glob("*/*/recording/as_run.toml")
    text = path.read_text(encoding="utf-8")
    starts = re.findall(r"^start = (\d+)", text, re.MULTILINE)
    bound = int(starts[len(starts) // 2])
    path.write_text(
        re.sub(rf"^(start|end) = {bound}\b", rf"\g<1> = {bound + 48_000}", text, flags=re.MULTILINE), encoding="utf-8"
    )


def bare(recording: Path, folder: Path) -> float:
    """CPU seconds of what cannot be spared: one decoding and measurement, and one run of either encoder."""
    spent = 0.0
    given = ffmpeg_input.as_arguments(ffmpeg_input.of_file(), ffmpeg.local_file(recording))
    for work in (
        ["-af", "ebur128=metadata=1", "-f", "null", "-"],
        ["-c:a", "libmp3lame", "-b:a", "128k", "-reservoir", "0", ffmpeg.local_file(folder / "bare.mp3")],
        ["-c:a", "libopus", "-b:a", "48k", "-compression_level", "5", ffmpeg.local_file(folder / "bare.opus")],
    ):
        command = [ffmpeg.find().path, "-v", "error", "-y", *given, "-map", "0:a:0", *work]
        spent += timed(command, folder / "bare.txt").cpu_s
    return spent


def reuse(workspace: Path, recording: Path, cold: Cost, folder: Path) -> None:
    """Print what it takes to master again, and the CPU of a cold master over that of its bare parts."""
    print("\n| `bobine monter` (MP3 and Opus) | wall s | CPU s | segments reused | encoded |\n|---|---|---|---|---|")
    for name, change in (("again, nothing changed", None), ("a bound moved", corrected)):
        if change is not None:
            change(workspace)
        cost, found = again(workspace, "mp3,opus", folder)
        print(f"| {name} | {cost.wall_s:.2f} | {cost.cpu_s:.2f} | {found['reused']} | {found['encoded']} |")
    least = bare(recording, folder)
    ratio = f"{cold.cpu_s:.0f} / {least:.0f} = {cold.cpu_s / least:.2f}"
    print(f"\nCPU of the cold master over decoding, one measurement and both encoders: {ratio}.", flush=True)


@contextlib.contextmanager
def off(workspace: Path) -> Iterator[None]:
    """The workspace's show, with voices left as they are."""
    file = workspace / "shows.toml"
    before = file.read_text(encoding="utf-8")
    slug = next((workspace / "episodes").iterdir()).name
    head = f"[shows.{slug}.sound]"
    added = f"{head}\nleveling_db = 0"
    file.write_text(before.replace(head, added) if head in before else f"{before}\n{added}\n", encoding="utf-8")
    yield
    file.write_text(before, encoding="utf-8")


def peer(recording: Path, output: Path) -> Cost:
    """``ffmpeg-normalize`` with its podcast preset, to MP3 128 kb/s."""
    program = shutil.which("ffmpeg-normalize", path=f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}")
    if program is None:
        raise SystemExit("ffmpeg-normalize is not installed")
    command = [program, str(recording), "--preset", "podcast", "-o", str(output)]
    return timed([*command, "-c:a", "libmp3lame", "-b:a", "128k", "-f"], output.with_suffix(".txt"))


def row(name: str, cost: Cost | None, found: Quality) -> str:
    """One line of the table."""
    spent = f"{cost.wall_s:.0f} | {cost.cpu_s:.0f} | {cost.peak_mb:.0f}" if cost else " | | "
    figures = f"{found.lufs:.1f} | {found.dbtp:.1f} | {found.lra_lu:.1f}"
    return f"| {name} | {spent} | {figures} | {found.spread_lu:.1f} | {found.inside_lu:.1f} | {found.guest_lu:.1f} |"


def main() -> None:
    """Make or take a recording, master it both ways, print the table."""
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("--minutes", type=float, default=55, help="length of the show that is made (55)")
    cli.add_argument("--seed", type=int, default=1, help="which show is made (1)")
    cli.add_argument("--without-peer", action="store_true", help="leave ffmpeg-normalize out")
    cli.add_argument("--son", type=Path, help="a folder of real speech and music to make it from")
    cli.add_argument("--enregistrement", type=Path, help="a folder with recording.wav and marks.json, instead")
    options = cli.parse_args()
    print(machine())
    print()
    print("| | wall s | CPU s | peak MB | LUFS | dBTP | LRA | spread LU | inside LU | guest LU |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        workspace, recording, spoken, spans = prepare(options, folder)
        whole = quality(recording, [spans[item] for item in spans if item in spoken])
        print(row("the recording", None, whole), flush=True)
        with off(workspace):
            flat, found = ours(workspace, "mp3", spoken, folder)
        print(row("the same without the rider", flat, found["mp3"]), flush=True)
        cost, found = ours(workspace, "mp3", spoken, folder)
        print(row("`bobine monter --formats mp3`", cost, found["mp3"]), flush=True)
        both, found = ours(workspace, "mp3,opus", spoken, folder)
        print(row("`bobine monter` (MP3 and Opus): the MP3", both, found["mp3"]))
        print(row("— the Opus of the same run", None, found["opus"]), flush=True)
        rider = f"CPU of the rider: {100 * (cost.cpu_s / flat.cpu_s - 1):+.0f} % of a cold master."
        if options.without_peer:
            print(f"\n{rider}")
            reuse(workspace, recording, both, folder)
            return
        other = peer(recording, folder / "peer.mp3")
        heard = quality(folder / "peer.mp3", [spans[item] for item in spans if item in spoken])
        print(row("`ffmpeg-normalize --preset podcast`, MP3 128k", other, heard))
        print()
        print(f"Wall time beside ffmpeg-normalize: {cost.wall_s / other.wall_s:.2f} (MP3), "
              f"{both.wall_s / other.wall_s:.2f} (MP3 and Opus). {rider}")  # fmt: skip

        reuse(workspace, recording, both, folder)


if __name__ == "__main__":
    main()
