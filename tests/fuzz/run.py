"""Fuzzes every reader for as long as wished, and keeps what fails: see ``scripts/fuzz``."""

from __future__ import annotations

import argparse
import importlib
import random
import sys
import tempfile
import time
import traceback
from pathlib import Path

from tests.fuzz.mutations import mutated
from tests.fuzz.readers import Place, Reader, survives


def main() -> int:
    """Fuzz; gives 1 where something else than our own errors came out."""
    parser = argparse.ArgumentParser(prog="scripts/fuzz", description=__doc__)
    parser.add_argument("seconds", type=float, help="how long, for all the readers together")
    parser.add_argument("--seed", type=int, default=0, help="the same seed makes the same files")
    parser.add_argument("--reader", help="one reader by its name; all of them by default")
    parser.add_argument("--into", type=Path, default=Path("fuzz-found"), help="where what fails is kept")
    parser.add_argument("--atheris", action="store_true", help="guided by coverage, on one --reader")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        readers = [one for one in Place(Path(folder)).readers() if options.reader in (None, one.name)]
        if not readers:
            parser.error(f"no reader of that name: {options.reader}")
        if options.atheris:
            return guided(readers[0], options.seconds, options.into)
        return by_dice(readers, options.seconds, options.seed, options.into)


def by_dice(readers: list[Reader], seconds: float, seed: int, into: Path) -> int:
    """Turn by turn, a mutation for each reader; each kind of failure is kept once."""
    dice = {reader.name: random.Random(f"{seed}-{reader.name}") for reader in readers}
    found: dict[str, int] = {}
    tried, end = 0, time.monotonic() + seconds
    while time.monotonic() < end:
        for reader in readers:
            content = mutated(reader.good, reader.by, dice[reader.name])
            start = time.monotonic()
            error = survives(reader, content)
            tried += 1
            took = time.monotonic() - start
            if error is not None or took > 5:
                keep(reader, content, error, took, found, into)
    sys.stdout.write(f"{tried} files tried, {sum(found.values())} failures of {len(found)} kinds\n")
    return 1 if found else 0


def keep(
    reader: Reader, content: bytes, error: Exception | None, took: float, found: dict[str, int], into: Path
) -> None:
    """Note a failure; the first one of its kind is written, with where it came from."""
    last = traceback.extract_tb(error.__traceback__)[-1] if error is not None and error.__traceback__ else None
    place = f"{Path(last.filename).stem}_{last.lineno}" if last is not None else f"{took:.0f}s"
    kind = f"{reader.name.replace(', ', '_').replace(' ', '_')}_{type(error).__name__}_{place}"
    found[kind] = found.get(kind, 0) + 1
    if found[kind] == 1:
        into.mkdir(parents=True, exist_ok=True)
        (into / kind).write_bytes(content)
        sys.stdout.write(f"{kind}: {error!r}\n")
        sys.stdout.flush()


def guided(reader: Reader, seconds: float, into: Path) -> int:
    """With atheris, where it is installed: it follows what each file makes the reader do."""
    try:
        atheris = importlib.import_module("atheris")
    except ImportError:
        sys.stderr.write("atheris is not installed: pip install atheris\n")
        return 2
    into.mkdir(parents=True, exist_ok=True)
    corpus = into / "corpus"
    corpus.mkdir(exist_ok=True)
    (corpus / "good").write_bytes(reader.good)

    def once(content: bytes) -> None:
        error = survives(reader, content)
        if error is not None:
            raise error

    atheris.instrument_all()
    atheris.Setup([sys.argv[0], f"-max_total_time={int(seconds)}", f"-artifact_prefix={into}/", str(corpus)], once)
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
