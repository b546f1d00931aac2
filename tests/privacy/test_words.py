"""A name in any text: whole words as people write them, and nothing else."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.evening.privacy.words.folded import fold, folded
from bobine.evening.privacy.words.markup import without_tags
from bobine.evening.privacy.words.pseudonyms import Kind, Pseudonym, free_pseudonym, read_pseudonym
from bobine.evening.privacy.words.search import NameSearch
from bobine.evening.privacy.words.texts import read_text
from tests.privacy.traces import written

WHO = Pseudonym(Kind.VOLUNTEER, 3)


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("Ana", "Ana et Anatole", "Bénévole 3 et Anatole"),
        ("Ana", "Banana, Joana, Ana.", "Banana, Joana, Bénévole 3."),
        ("Ana", "l'idée d'ANA", "l'idée d'Bénévole 3"),
        ("Ana", "Ana2 et ana_b", "Ana2 et benevole-3_b"),
        ("Léa Duval", "LEA DUVAL, léa duval, Le\u0301a\u00a0Duval", "Bénévole 3, Bénévole 3, Bénévole 3"),
        ("Léa Duval", "Duval Léa ; Duval, Léa", "Bénévole 3 ; Bénévole 3"),
        ("Léa Duval", "Léa\n    Duval", "Bénévole 3"),
        ("Léa Duval", "Léa, Duval Pierre", "Léa, Duval Pierre"),
        ("Léa Duval", "Léa Duvallon", "Léa Duvallon"),
        ("Léa Duval", 'id = "lea-duval"', 'id = "benevole-3"'),
        ("Léa Duval", "pad/lea_duval.wav", "pad/benevole_3.wav"),
        ("Léa Duval", "Lea_Duval.wav", "Benevole_3.wav"),
        ("Léa Duval", "portrait-lea-duval-2", "portrait-benevole-3-2"),
        ("Léa Duval", "lea.duval@exemple.fr", "benevole.3@exemple.fr"),
        ("Léa Duval", "L\\u00e9a Duval", "B\\u00e9n\\u00e9vole 3"),
        ("Léa Duval", "L&eacute;a Duval, L&#233;a&nbsp;Duval", "B&#233;n&#233;vole 3, B&#233;n&#233;vole 3"),
        ("Léa Duval", "?q=L%C3%A9a%20Duval&x", "?q=B%C3%A9n%C3%A9vole%203&x"),
        ("Léa Duval", "?q=Lea+Duval", "?q=Benevole+3"),
        ("Léa Duval", r'"avec\nLéa Duval"', r'"avec\nBénévole 3"'),
        ("Anne-Marie L'Hôte", "Anne Marie L’Hôte, anne-marie-l-hote", "Bénévole 3, benevole-3"),
        ("Œdipe Straße", "oedipe strasse", "Bénévole 3"),
        ("Samira", '"people": ["samira", "samia"]', '"people": ["benevole-3", "samia"]'),
        ("Samira Benhaddou", "SamiraBenhaddou", "Bénévole 3"),
        ("Jean Né", "Jeanne", "Jeanne"),
        ("Solange", "Mme <b>Sol</b>ange, <i>Solange</i>", "Mme <b>Bénévole 3</b>, <i>Bénévole 3</i>"),
        ("Léa Duval", "Léa <strong class='x'>Duval</strong>", "Bénévole 3<strong class='x'></strong>"),
        ("Léa Duval", "<td>Léa</td>\n<td>Duval</td>", "<td>Bénévole 3</td><td></td>"),
        ("Léa Duval", "L&eacute;a<br/>Duval", "B&#233;n&#233;vole 3<br/>"),
        ("Solange", "Mme &lt;b&gt;Sol&lt;/b&gt;ange", "Mme &lt;b&gt;Bénévole 3&lt;/b&gt;"),
        ("Solange", r'"Sol\u003cb\u003eange\u003c/b\u003e"', r'"Bénévole 3\u003cb\u003e\u003c/b\u003e"'),
        ("Solange", "Sol<a title='Solange'>ange</a>", "Bénévole 3<a title='Bénévole 3'></a>"),
        ("Solange", "Sol<!-- x -->ange", "Bénévole 3<!-- x -->"),
        ("Ana", "<Ana> 3 < ana > 2, ban<b>an</b>a", "<Bénévole 3> 3 < Bénévole 3 > 2, ban<b>an</b>a"),
    ],
)
def test_a_name_is_replaced_as_it_is_written(name: str, before: str, after: str) -> None:
    assert NameSearch([name]).replaced(before, WHO) == after


def test_what_identifies_a_show_stays() -> None:
    search = NameSearch(["Ana"], ["chez-ana"])
    assert search.replaced("chez-ana/2026 : Ana, ana-2, chez-ana-bis", WHO) == (
        "chez-ana/2026 : Bénévole 3, benevole-3-2, chez-benevole-3-bis"
    )
    assert not search.holds("episodes/chez-ana/x")
    assert search.holds("episodes/chez-ana/ana")


NAMES = st.sampled_from(
    ["Léa Duval", "Ana", "Zoé", "Anne-Marie L'Hôte", "Œdipe Straße", "Nguyễn Thị Hoa", "José Ñuñez"]
)
FILL = st.text(alphabet="abcÀéœ \n\t-_'’\"\\&%;,.{}\u0301\u00a0\u200b0Ana", max_size=30)


@given(NAMES, st.lists(FILL, min_size=1, max_size=5), st.data())
def test_no_form_of_a_name_is_left(name: str, fill: list[str], data: st.DataObject) -> None:
    form = data.draw(st.sampled_from(sorted(written(name))))
    text = f" {form} ".join(fill)
    search = NameSearch([name])
    left = search.replaced(text, WHO)
    assert not search.holds(left)
    assert len(fill) == 1 or form not in left


TAGS = st.sampled_from(["<b>", "</b>", "<em class='x y'>", "</span>", "&lt;i&gt;", "&amp;lt;/i&amp;gt;", "<!-- -->"])


@given(NAMES, FILL, st.lists(st.tuples(st.integers(0, 20), TAGS), min_size=1, max_size=4))
def test_a_name_that_tags_cut_is_not_left_and_the_tags_are(name: str, fill: str, cuts: list[tuple[int, str]]) -> None:
    cut = name
    for place, tag in sorted(cuts, reverse=True):
        cut = f"{cut[:place]}{tag}{cut[place:]}" if place <= len(name) else f"{cut}{tag}"
    left = NameSearch([name]).replaced(f"x {cut} x {fill}", WHO)
    assert not NameSearch([name]).holds(left)
    assert name not in without_tags(left)
    tags = [tag for _, tag in sorted(cuts, key=lambda one: one[0], reverse=True)]
    assert all(left.count(tag) >= tags.count(tag) for tag in tags)


@given(NAMES, FILL)
def test_json_stays_what_it_was(name: str, fill: str) -> None:
    for ascii_only in (False, True):
        table = {"a": f"{fill} {name} {fill}", "b": [name, {"c": fill}]}
        text = json.dumps(table, ensure_ascii=ascii_only)
        found = json.loads(NameSearch([name]).replaced(text, WHO))
        assert found.keys() == table.keys()
        assert str(WHO) in found["b"][0] or found["b"][0] == WHO.slug


@given(FILL)
def test_a_text_without_the_name_is_left_to_the_byte(fill: str) -> None:
    assert NameSearch(["Wilfried Quux"]).replaced(fill, WHO) == fill


@given(st.text(max_size=40), st.booleans())
def test_each_letter_knows_its_place(raw: str, escaped: bool) -> None:
    found = folded(raw, escaped=escaped)
    assert len(found.text) == len(found.starts) == len(found.ends)
    assert found.starts == sorted(found.starts)
    assert all(0 <= start < end <= len(raw) for start, end in zip(found.starts, found.ends, strict=True))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
def test_a_text_is_written_in_its_own_encoding(encoding: str) -> None:
    content = "Appeler Léa Duval\r\n".encode(encoding)
    text = read_text(content)
    assert text is not None
    assert text.encoded(text.text) == content
    changed = NameSearch(["Léa Duval"]).replaced(text.text, WHO)
    assert text.encoded(changed).decode(encoding) == "Appeler Bénévole 3\r\n"


def test_what_is_no_text_is_told() -> None:
    assert read_text(b"\x89PNG\r\n\x1a\n\x00\x00") is None


def test_pseudonyms_are_counted_on() -> None:
    taken = {Pseudonym(Kind.OTHER, 1), Pseudonym(Kind.OTHER, 2)}
    found = free_pseudonym(Kind.OTHER, lambda one: one in taken)
    assert (str(found), found.slug) == ("Personne 3", "personne-3")
    assert read_pseudonym(str(found)) == found
    assert read_pseudonym("Ana 3") is None
    assert fold(str(WHO)) == "benevole 3"
