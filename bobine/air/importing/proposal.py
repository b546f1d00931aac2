"""Proposed places for the items of a recording that came without marks: the planned times."""

from __future__ import annotations

from datetime import timedelta

from bobine.air.marks.matching import Matching
from bobine.errors import MarksError
from bobine.model.aired.as_run import AiredItem
from bobine.model.episode import Episode
from bobine.model.written.durations import format_duration

_TO_BE_CHECKED = (
    "Sans repères, les heures prévues au conducteur sont reprises depuis le début de l'enregistrement : "
    "vérifiez-les à l'écoute, ou donnez des repères (--reperes)."
)
_WORTH_SAYING = timedelta(seconds=30)


def propose(episode: Episode, rate: int, samples: int) -> Matching:
    """Lay the planned items end to end from the recording's start; standbys are left out, and nothing is stretched.

    Args:
        episode: the plan.
        rate: sampling rate of the recording, Hz.
        samples: its length, samples per channel. The last item is cut there.

    Raises:
        MarksError: if nothing is planned, or if an item would begin after the recording's end.
    """
    items = []
    position = 0
    for item in episode.counted_items:
        end = position + item.duration * rate // timedelta(seconds=1)
        items.append(AiredItem(id=item.id, start=position, end=min(end, samples)))
        position = end
    if not items:
        raise MarksError("Le conducteur est vide : ajoutez-y des éléments, puis importez l'enregistrement.")
    recorded = timedelta(seconds=samples / rate)
    planned = episode.planned_total
    if items[-1].start >= samples:
        raise MarksError(
            f"L'enregistrement ne dure que {format_duration(recorded)} ; l'émission en prévoit "
            f"{format_duration(planned)}. Vérifiez que c'est le bon fichier, ou donnez des repères (--reperes)."
        )
    notes = [_TO_BE_CHECKED]
    if abs(recorded - planned) >= _WORTH_SAYING:
        difference = "plus" if recorded > planned else "moins"
        notes.append(
            f"L'enregistrement dure {format_duration(recorded)}, soit {format_duration(abs(recorded - planned))} de "
            f"{difference} que prévu."
        )
    return Matching(tuple(items), tuple(notes))
