"""The second marking of the test split is of the same passages."""

from __future__ import annotations

from corpora.voices import FOLDER, read_voices


def test_the_second_marking_is_of_the_same_passages() -> None:
    first = {voice.name: voice for voice in read_voices()}
    second = read_voices(FOLDER.parent / "second")
    assert second
    for voice in second:
        assert not voice.faults
        assert [one.text for one in voice.passages] == [one.text for one in first[voice.name].passages]
