"""Which carts are at hand, and on which key."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bobine.air.carts.choose import KEYS, UNSHIFTED, Cart, choose
from bobine.model.aired.progress import Airing, OnAir, Progress
from bobine.model.carts import ShowCart
from bobine.model.episode import Item, ItemKind
from bobine.model.show import Show
from bobine.store.workspace import open_workspace
from tests.conftest import ATELIER

FOLDER = "episodes/bobine-romanaise/2026-11-26"
SIX = datetime(2026, 11, 26, 17, 0, tzinfo=UTC)
assert date(2026, 11, 26) == SIX.date()


def show(*carts: ShowCart) -> Show:
    return replace(open_workspace(ATELIER).shows[0], carts=carts, template=())


def item(name: str, file: str = "", **fields: object) -> Item:
    plain = {"id": name, "title": name.title(), "kind": ItemKind.REPORT, "duration": timedelta(minutes=1)}
    return Item(**{**plain, "file": file, **fields})  # type: ignore[arg-type]


def keys(carts: tuple[Cart, ...]) -> dict[str, str]:
    return {cart.key: cart.title for cart in carts}


def aired(*items: Item) -> Progress:
    return Progress(aired=tuple(Airing(item=one, started=SIX, ended=SIX) for one in items))


def test_the_rundown_s_on_the_first_keys_the_show_s_own_on_the_last() -> None:
    own = show(ShowCart(title="Fil rouge", file="sons/fil.wav", bed=True), ShowCart(title="Rire", file="sons/rire.wav"))
    items = [item("a", "pad/a.mp3"), item("b"), item("c", "../../../sons/c.wav", out_cue="… bonsoir.")]
    found = choose(own, items, Progress(), FOLDER)
    assert keys(found) == {"1": "A", "2": "C", "8": "Rire", "9": "Fil rouge"}
    assert [cart.file for cart in found] == [f"{FOLDER}/pad/a.mp3", "sons/c.wav", "sons/rire.wav", "sons/fil.wav"]
    assert found[1].out_cue == "… bonsoir."
    assert [cart.bed for cart in found] == [False, False, False, True]


def test_one_sound_has_one_key_however_often_it_comes() -> None:
    items = [item("v1", "v.wav"), item("a", "a.wav"), item("v2", "./v.wav", out_cue="fin")]
    own = show(ShowCart(title="Virgule", file=f"{FOLDER}/v.wav"))
    found = choose(own, items, Progress(), FOLDER)
    assert keys(found) == {"1": "A", "9": "Virgule"}
    assert found[1].out_cue == "fin"


def test_the_template_s_jingles_are_the_show_s() -> None:
    template = (item("jingle", "../../../j.wav", kind=ItemKind.JINGLE), item("talk", "t.wav"))
    found = choose(replace(show(), template=template), [], Progress(), FOLDER)
    assert [(cart.key, cart.file) for cart in found] == [("9", "j.wav")]


def test_a_key_is_taken_from_what_was_aired_only_when_it_is_needed() -> None:
    items = [item(f"i{n}", f"{n}.wav") for n in range(10)]
    first = choose(show(), items, Progress(), FOLDER)
    assert keys(first) == dict(zip(KEYS, [f"I{n}" for n in range(8)], strict=True))
    same = choose(show(), items[:8], aired(*items[:5]), FOLDER, before=first)
    assert same == first
    after = choose(show(), items, aired(*items[:2]), FOLDER, before=first)
    assert keys(after) == {**keys(first), "1": "I8", "2": "I9"}
    kept = choose(show(), items, aired(*items[:2]), FOLDER, before=first, playing={first[1].file})
    assert keys(kept)["2"] == "I1"


def test_what_is_on_air_comes_before_what_follows() -> None:
    items = [item(f"i{n}", f"{n}.wav") for n in range(12)]
    progress = replace(aired(*items[:3]), on_air=OnAir(item=items[3], started=SIX))
    assert set(keys(choose(show(), items, progress, FOLDER)).values()) == {f"I{n}" for n in range(3, 11)}


def test_the_show_s_own_never_lose_all_their_keys() -> None:
    own = show(*(ShowCart(title=f"S{n}", file=f"s{n}.wav") for n in range(6)))
    found = keys(choose(own, [item(f"i{n}", f"{n}.wav") for n in range(12)], Progress(), FOLDER))
    assert sum(title.startswith("S") for title in found.values()) == 4


def test_french_keyboards_have_the_same_keys() -> None:
    assert set(UNSHIFTED) == set(KEYS)
    assert "minus" not in UNSHIFTED.values()


@given(
    st.lists(st.tuples(st.integers(0, 11), st.booleans()), max_size=14),
    st.integers(0, 6),
    st.lists(st.integers(0, 14), max_size=5),
)
def test_keys_are_never_shared_and_never_move(plan: list[tuple[int, bool]], own: int, steps: list[int]) -> None:
    the_show = show(*(ShowCart(title=f"S{n}", file=f"s{n}.wav") for n in range(own)))
    items = [item(f"i{n}", f"{file}.wav", standby=standby) for n, (file, standby) in enumerate(plan)]
    before: tuple[Cart, ...] = ()
    for step in [0, *sorted(steps)]:
        found = choose(the_show, items, aired(*items[:step]), FOLDER, before=before)
        assert len({cart.key for cart in found}) == len({cart.file for cart in found}) == len(found) <= len(KEYS)
        assert [cart.key for cart in found] == sorted(cart.key for cart in found)
        held = {cart.file: cart.key for cart in before}
        assert all(held.get(cart.file, cart.key) == cart.key for cart in found)
        assert len(found) == min(len(KEYS), own + len({one.file for one in items}))
        before = found
