from __future__ import annotations

from bobine.commands.progress_words import PublicationProgress


def test_bytes_and_the_time_that_is_left_are_told() -> None:
    told: list[tuple[str, float]] = []
    now = 0.0
    progress = PublicationProgress(lambda words, fraction: told.append((words, fraction)), lambda: now)
    total = 50_000_000
    progress("Envoi", 0, total)
    assert told[-1] == ("Envoi : 0,0 sur 50,0 Mo", 0.0)
    now = 10.0
    progress("Envoi", 1_000_000, total)
    assert told[-1] == ("Envoi : 1,0 sur 50,0 Mo, encore 8 min", 0.02)
    for now in range(20, 200, 10):
        progress("Envoi", int(now) * 200_000, total)
    assert told[-1] == ("Envoi : 38,0 sur 50,0 Mo, encore 60 s", 0.76)
    progress("Envoi", 30_000_000, total)  # a part was cut, and the pace of the last half minute is not one
    assert told[-1] == ("Envoi : 30,0 sur 50,0 Mo", 0.6)
    progress("Envoi", total, total)
    assert told[-1] == ("Envoi : 50,0 sur 50,0 Mo", 1.0)
    progress("Vérification", 0, 0)
    assert told[-1] == ("Vérification", 0.0)
