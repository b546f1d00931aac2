"""A whole show, from an empty Thursday to « prêt », by keys alone; the keys beyond the text are counted."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.plan.rundowns import worked_example
from tests.tui.conftest import Hands, make_app, run, seat

DAY = date(2026, 11, 26)
MOST_KEYS = 90

TRIO = "Élodie Garnier, Tigran Sarkissian, Moussa Camara"
PEOPLE = {
    "accueil": "Samira Benhaddou (animation), Loïc Chastel (technique)",
    "politique-locale": "Samira Benhaddou, Claire Dumollard",
    "live-1": TRIO,
    "litterature": "Mireille Vossier",
    "pedro-l-avocat": "Paul Arnichand, Fatoumata Diarra",
    "portrait": "Fatoumata Diarra, Thi-Lan Nguyen (invitée)",
    "live-2": TRIO,
    "paroles-d-ados": "Inès (mineure : Karim Belkacem), Noé (mineur : Sandrine Vial), Samira Benhaddou",
    "cinema": "Anouar Ketfi",
    "jeu": "Samira Benhaddou",
    "agenda": "Yannick Le Bihan",
    "live-3": TRIO,
    "remerciements": "Samira Benhaddou, Loïc Chastel",
}
"""Who takes part in which item of the worked example, as it is typed."""


async def plan_the_worked_example(hands: Hands) -> None:
    """From the season to a show that is ready."""
    await hands.press("enter", "enter")
    await hands.until(lambda: hands.place.PLACE == "rundown" and hasattr(hands.place, "sheet"), "the rundown")
    ids = [item.id for item in worked_example() if not item.standby]
    for item_id in ids:
        if item_id in PEOPLE:
            await hands.press("p")
            await hands.write(PEOPLE[item_id])
            await hands.press("enter")
        if item_id != "remerciements":
            await hands.press("down")
        else:
            break
    await hands.press("g")
    for _ in range(60):
        if not hands.place.lacks:  # type: ignore[attr-defined]
            break
        await hands.press("enter")
        print(hands.text())
    await hands.settled()


def test_the_worked_example_is_planned_in_few_keys(empty_atelier: Path) -> None:
    async def test() -> None:
        async with seat(make_app(empty_atelier)) as hands:
            await plan_the_worked_example(hands)
            print(hands.text())
            assert hands.pressed <= MOST_KEYS, hands.pressed
            print(hands.pressed)

    run(test)
