"""A transcript is attached, told of, kept to the word, and refused where it is none or that of another sound."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.errors import MasterError, WorkspaceError
from bobine.evening.transcripts.attaching import attach_transcript
from bobine.evening.transcripts.forgetting import forget_words
from bobine.evening.transcripts.going_out import heard_cues, stage_transcript
from bobine.evening.transcripts.heard import heard_sound, transcript_faults
from bobine.master.edit import RATE
from bobine.model.aired.edits import Edits, WithdrawnItem
from bobine.model.aired.transcript import SoundPart, SpokenCue, Transcript
from bobine.model.episode import Episode
from bobine.model.people import Consent, Person, Role
from bobine.publish.text import one_line
from bobine.publish.transcripts.reading import Cue, cues_of
from bobine.publish.transcripts.writing import webvtt
from bobine.store.records.edits import change_edits, edits_path
from bobine.store.records.manifests import read_manifest
from bobine.store.records.recordings import write_as_run
from bobine.store.records.transcripts import (
    MOST_CUES,
    change_transcript,
    read_transcript,
    remove_transcript,
    transcript_digest,
    transcript_path,
    write_transcript,
)
from tests.master.edits import as_run
from tests.transcripts.mastered import DAY, THREE, manifest_of, mastered

SAID = [Cue(2, 5, "Nadia", "Bonsoir."), Cue(22, 25, "Lucien", "Je m'appelle Lucien."), Cue(42, 45, "Nadia", "Merci.")]
EPISODE = Episode(show="demo", date=DAY, season=1, number=1, title="Essai")


def given_file(folder: Path, content: bytes, name: str = "émission.vtt") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_it_is_kept_beside_the_plan_and_put_out_in_both_forms(tmp_path: Path) -> None:
    folder = mastered(tmp_path)
    assert transcript_faults(folder) == ()
    attached = attach_transcript(folder, given_file(tmp_path, webvtt(SAID)))
    assert transcript_faults(folder) == ()
    assert (attached.beyond, attached.doubt, attached.replaced) == (0, "", "")
    assert attached.transcript.voices == ("Nadia", "Lucien")
    assert read_transcript(folder.path / "transcript.toml") == attached.transcript
    (tmp_path / "out").mkdir()
    files, untold = stage_transcript(folder, EPISODE, read_manifest(folder.manifest), tmp_path / "out")
    assert [path.name for path in files] == ["transcript.vtt", "transcript.srt"]
    assert untold == ()
    assert cues_of(files[0].read_bytes()) == SAID
    assert [cue.text for cue in cues_of(files[1].read_bytes())] == [f"{cue.who}: {cue.text}" for cue in SAID]
    first = [path.read_bytes() for path in files]
    stage_transcript(folder, EPISODE, read_manifest(folder.manifest), tmp_path / "out")
    assert [path.read_bytes() for path in files] == first


def test_one_that_comes_in_the_place_of_another_says_so(tmp_path: Path) -> None:
    folder = mastered(tmp_path)
    path = transcript_path(folder.path)
    attach_transcript(folder, given_file(tmp_path, webvtt(SAID), "une.vtt"))
    before = transcript_digest(path)
    assert attach_transcript(folder, given_file(tmp_path, webvtt(SAID[:1]), "deux.srt")).replaced == "une.vtt"
    assert before != transcript_digest(path) != ""
    path.write_text("cues = 3", "utf-8")
    assert attach_transcript(folder, given_file(tmp_path, webvtt(SAID), "trois.vtt")).replaced == "transcript.toml"
    assert remove_transcript(path)
    assert not remove_transcript(path)
    assert transcript_digest(path) == ""
    assert read_transcript(path) is None


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "est vide"),
        (b"\n \n", "est vide"),
        (b"Bonsoir \xc3\xa0 tous.\n", "n'est pas une transcription"),
        (b"WEBVTT\n\nNOTE rien\n", "n'est pas une transcription"),
        (bytes(range(256)) * 40, "n'est pas une transcription"),
        (b"WEBVTT\n\n10:00.000 --> 10:01.000\nBonsoir\n", "après la fin du podcast"),
        (webvtt([Cue(n / 100, n / 100 + 0.01, "", "mot") for n in range(MOST_CUES + 1)]), "une réplique par phrase"),
        (b"x" * ((8 << 20) + 1), "trop gros"),
    ],
    ids=["empty", "blank", "text", "no-words", "bytes", "another-sound", "by-word", "huge"],
)
def test_what_is_none_is_refused_with_the_file_and_what_to_do(tmp_path: Path, content: bytes, words: str) -> None:
    folder = mastered(tmp_path)
    path = given_file(tmp_path, content)
    with pytest.raises(WorkspaceError, match=words) as refused:
        attach_transcript(folder, path)
    assert "émission.vtt" in str(refused.value)
    assert "\n" not in str(refused.value)
    assert not transcript_path(folder.path).exists()


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    folder = mastered(tmp_path)
    with pytest.raises(WorkspaceError, match="n'existe pas"):
        attach_transcript(folder, tmp_path / "rien.vtt")
    with pytest.raises(WorkspaceError, match="ne peut pas être lu"):
        attach_transcript(folder, tmp_path)


def test_one_that_is_longer_than_the_show_is_told(tmp_path: Path) -> None:
    folder = mastered(tmp_path)
    attached = attach_transcript(folder, given_file(tmp_path, webvtt([*SAID, Cue(70, 75, "", "trop tard")])))
    assert attached.beyond == 1
    assert "1:15" in attached.doubt
    assert len(attached.transcript.cues) == 3


def test_one_of_the_sound_before_a_withdrawal_brings_no_word_back(tmp_path: Path) -> None:
    edits = Edits(withdrawn=(WithdrawnItem(item="i1", at=datetime.now(UTC), reason="accord retiré"),))
    folder = mastered(tmp_path, THREE, {"i1"}, edits)
    with pytest.raises(WorkspaceError, match="son de maintenant"):
        attach_transcript(folder, given_file(tmp_path, webvtt(SAID)))
    assert not transcript_path(folder.path).exists()
    assert attach_transcript(folder, given_file(tmp_path, webvtt(SAID[:1]))).transcript.cues


def test_without_a_current_master_nothing_is_attached(tmp_path: Path) -> None:
    path = given_file(tmp_path, webvtt(SAID))
    folder = mastered(tmp_path)
    write_as_run(folder.as_run, as_run((0, 25 * RATE), (25 * RATE, 40 * RATE), (40 * RATE, 60 * RATE)))
    with pytest.raises(MasterError, match="Remontez"):
        attach_transcript(folder, path)
    folder.manifest.unlink()
    with pytest.raises(MasterError, match="monter"):
        attach_transcript(folder, path)


def test_marks_that_were_moved_leave_it_where_it_is_said(tmp_path: Path) -> None:
    folder = mastered(tmp_path)
    attach_transcript(folder, given_file(tmp_path, webvtt(SAID)))
    moved = mastered(tmp_path, as_run((0, 30 * RATE), (30 * RATE, 40 * RATE), (40 * RATE, 60 * RATE)), {"i1"})
    kept = read_transcript(transcript_path(moved.path))
    assert kept is not None
    heard = heard_cues(kept, heard_sound(moved, read_manifest(moved.manifest)), EPISODE)
    assert [cue.text for cue in heard] == [cue.text for cue in SAID]
    assert heard[-1].start_s == pytest.approx(32, abs=0.1)


def test_a_withdrawn_item_leaves_no_word_and_the_rest_moves_up(tmp_path: Path) -> None:
    folder = mastered(tmp_path)
    attach_transcript(folder, given_file(tmp_path, webvtt(SAID)))
    edits = Edits(withdrawn=(WithdrawnItem(item="i1", at=datetime.now(UTC), reason="accord retiré"),))
    forget_words(folder, "i1")
    assert "Lucien" not in transcript_path(folder.path).read_text("utf-8")
    folder = mastered(tmp_path, THREE, {"i1"}, edits)
    files, _ = stage_transcript(folder, EPISODE, read_manifest(folder.manifest), tmp_path)
    cues = cues_of(files[0].read_bytes())
    assert [cue.text for cue in cues] == ["Bonsoir.", "Merci."]
    assert cues[1].start_s == pytest.approx(22, abs=0.1)
    assert b"Lucien" not in files[1].read_bytes()


def test_a_withdrawal_does_not_wait_for_a_transcript_that_cannot_be_read(tmp_path: Path) -> None:
    folder = mastered(tmp_path)
    forget_words(folder, "i1")
    transcript_path(folder.path).write_text("cues = [", "utf-8")
    forget_words(folder, "i1")
    files, untold = stage_transcript(folder, EPISODE, read_manifest(folder.manifest), tmp_path)
    assert files == ()
    assert "n'est pas mise en ligne" in untold[0]


def test_one_of_another_recording_goes_out_nowhere_and_is_told(tmp_path: Path) -> None:
    folder = mastered(tmp_path)
    attach_transcript(folder, given_file(tmp_path, webvtt(SAID)))
    other = replace(THREE, recording=replace(THREE.recording, sha256="d" * 64))
    folder = mastered(tmp_path, other)
    files, untold = stage_transcript(folder, EPISODE, manifest_of(other, set(), Edits()), tmp_path)
    assert files == ()
    assert "d'un autre enregistrement" in transcript_faults(folder)[0]
    folder.as_run.unlink()
    assert transcript_faults(folder)
    assert "bobine transcription demo/2026-11-26 FICHIER" in untold[0]


def test_edits_that_the_master_has_not_are_told(tmp_path: Path) -> None:
    folder = mastered(tmp_path)
    attach_transcript(folder, given_file(tmp_path, webvtt(SAID)))
    gone = WithdrawnItem(item="i1", at=datetime.now(UTC), reason="x")
    change_edits(edits_path(folder.path), lambda found: replace(found, withdrawn=(gone,)))
    files, untold = stage_transcript(folder, EPISODE, read_manifest(folder.manifest), tmp_path)
    assert files == ()
    assert "Remontez" in untold[0]


def test_nobody_is_named_as_a_voice_who_may_not_be_named(tmp_path: Path) -> None:
    folder = mastered(tmp_path)
    kept = attach_transcript(folder, given_file(tmp_path, webvtt(SAID))).transcript
    people = (
        Person(id="n", name="Nadia", role=Role.HOST),
        Person(id="l", name="LUCIEN", role=Role.GUEST, consent=Consent.SIGNED, minor=True, representative="Sa mère"),
    )
    heard = heard_cues(kept, heard_sound(folder, read_manifest(folder.manifest)), replace(EPISODE, people=people))
    assert [cue.who for cue in heard] == ["Nadia", "", "Nadia"]


_WORDS = st.text(min_size=1, max_size=20).map(lambda text: one_line(text, 100)).filter(bool)
_PARTS = st.lists(
    st.tuples(st.integers(0, 10**7), st.integers(0, 10**6), st.sampled_from(["", "prise.wav"])), min_size=1, max_size=3
)
_CUES = st.lists(st.tuples(st.just("") | _WORDS, _WORDS, _PARTS), max_size=5)


@given(_CUES)
def test_it_is_read_back_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, found: list[tuple[str, str, list[tuple[int, int, str]]]]
) -> None:
    path = tmp_path_factory.mktemp("kept") / "transcript.toml"
    cues = tuple(
        SpokenCue(who=who, text=text, parts=tuple(
            SoundPart(start_ms=start, end_ms=start + length, take=take) for start, length, take in parts
        )) for who, text, parts in found
    )  # fmt: skip
    kept = Transcript(origin='un "nom".vtt', recording="a" * 64, cues=cues)
    write_transcript(path, kept)
    assert read_transcript(path) == kept
    change_transcript(path, lambda one: replace(one, cues=one.cues[:1]))
    assert read_transcript(path) == replace(kept, cues=cues[:1])


@given(st.binary(max_size=300) | st.text("0123:.,-> \n<v>a&;\u202e\x07é", max_size=80).map(str.encode))
def test_whatever_file_is_given_is_kept_readable_or_refused(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    root = tmp_path_factory.mktemp("given")
    folder = mastered(root)
    path = given_file(root, b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + content)
    with contextlib.suppress(WorkspaceError):
        attached = attach_transcript(folder, path)
        assert read_transcript(transcript_path(folder.path)) == attached.transcript


def test_as_many_cues_as_may_be_are_read_back(tmp_path: Path) -> None:
    folder = mastered(tmp_path)
    cues = [
        Cue(n / 100, n / 100 + 0.5, "Nadia Ferhat", f"La réplique {n}, de quelques mots.") for n in range(MOST_CUES)
    ]
    attached = attach_transcript(folder, given_file(tmp_path, webvtt(cues)))
    assert read_transcript(transcript_path(folder.path)) == attached.transcript
    assert len(attached.transcript.cues) == MOST_CUES
