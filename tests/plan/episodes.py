"""Episodes made up for the tests of what is done to them."""

from __future__ import annotations

from datetime import date, time, timedelta

from hypothesis import strategies as st

from bobine.model.episode import Episode, Item, ItemKind
from bobine.model.people import Consent, Person, Role
from bobine.model.podcast import Podcast
from bobine.model.show import Chronique, Show, Slot, Station, Weekday
from bobine.model.team import TEAM_ROLES

DAY = date(2026, 11, 26)
SAMIRA = Person(id="samira", name="Samira Benhaddou", role=Role.HOST)
LOIC = Person(id="loic", name="Loïc Chastel", role=Role.TECHNICIAN)
CLAIRE = Person(id="claire", name="Claire Dumollard", role=Role.GUEST, confirmed=True, consent=Consent.SIGNED)


def an_item(item_id: str, kind: ItemKind = ItemKind.TALK, minutes: float = 5, **more: object) -> Item:
    return Item(id=item_id, title=item_id.title(), kind=kind, duration=timedelta(minutes=minutes), **more)  # type: ignore[arg-type]


def an_episode(
    items: tuple[Item, ...] = (), people: tuple[Person, ...] = (), day: date = DAY, **more: object
) -> Episode:
    return Episode(show="fil", date=day, season=8, number=7, title="Essai", items=items, people=people, **more)  # type: ignore[arg-type]


def a_show(chroniques: tuple[Chronique, ...] = (), template: tuple[Item, ...] = ()) -> Show:
    return Show(
        slug="fil",
        title="Le Fil",
        description="Essai",
        station=Station(name="Radio"),
        slot=Slot(day=Weekday.THURSDAY, start=time(18), end=time(18, 55)),
        podcast=Podcast(link="https://fil.example/", author="Le Fil"),
        chroniques=chroniques,
        template=template,
    )


NAMES = (
    "Noé",
    "noe",
    "Samira Benhaddou",
    "Élise, Paul et les autres",
    "Inès (la grande)",
    "Trio (musique)",
    "Zoë & Co",
    "Cœur d'Artichaut",
    "Marie Claire",
)


@st.composite
def episodes(draw: st.DrawFn, day: date = DAY) -> Episode:
    """A few people, several of one name now and then, and a few items of any sort that name some of them."""
    people = tuple(
        Person(
            id=f"p{n}",
            name=draw(st.sampled_from(NAMES)),
            role=draw(st.sampled_from(Role)),
            confirmed=draw(st.booleans()),
            consent=draw(st.sampled_from(Consent)),
            minor=draw(st.booleans()),
        )
        for n in range(draw(st.integers(0, 5)))
    )
    people = tuple(
        Person(**{name: getattr(one, name) for name in ("id", "name", "role", "confirmed", "consent", "minor")},
               also=tuple(role for role in TEAM_ROLES if role is not one.role and draw(st.integers(0, 5)) == 0))
        for one in people
    )  # fmt: skip
    ids = [one.id for one in people]
    items = tuple(
        an_item(
            f"i{n}",
            draw(st.sampled_from(ItemKind)),
            standby=draw(st.integers(0, 3)) == 0,
            fixed_start=time(18, n) if draw(st.integers(0, 4)) == 0 else None,
            people=tuple(draw(st.permutations(ids)))[: draw(st.integers(0, 3))],
        )
        for n in range(draw(st.integers(1, 6)))
    )
    stopwatch = draw(st.sampled_from(["", *ids]))
    return an_episode(items, people, day, stopwatch=stopwatch)
