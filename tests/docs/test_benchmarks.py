"""The benchmark compares fairly: the other readers are right where they can be. Nothing here asserts a timing."""

from __future__ import annotations

from random import Random

import pytest

from benchmarks import measure, show
from benchmarks.pages import CONDITIONS, SOUND, Condition, ordinary_pages, pages
from benchmarks.readers import READERS, Score, score, with_numbers_in_order, with_pandas
from benchmarks.show import END, START
from benchmarks.tables import Machine, Measured
from tests.render.catalogue import page
from tests.render.grid import expected

NAMED = {one.name: one for one in CONDITIONS}


def scored(name: str, reader: str, count: int = 3) -> Score:
    return score(READERS[reader], [(one.data, one.printed) for one in pages(NAMED[name], count)])


@pytest.mark.parametrize("reader", READERS)
def test_every_reader_is_right_on_sound_pages(reader: str):
    assert scored("sound", reader) == Score(1.0, 0.0, 0.0, None)


def test_a_blank_cell_shifts_what_is_counted_and_nothing_else():
    assert scored("one cell blank", "govnlp") == Score(1.0, 0.0, 0.0, None)
    assert scored("one cell blank", "pandas + decoder") == Score(1.0, 0.0, 0.0, None)
    counted = scored("one cell blank", "numbers in order", 9)
    assert counted.right < 0.95
    assert counted.wrong > 0.05


def test_exact_labels_do_not_survive_other_words():
    assert scored("labels in other words", "pandas + decoder").right < 0.5
    assert scored("labels in other words", "govnlp").wrong == 0


def test_pages_are_the_same_at_every_run_and_damaged_as_named():
    assert pages(SOUND, 3) == pages(SOUND, 3)
    for condition in CONDITIONS[1:]:
        sound = Condition(condition.name, forms=condition.forms)
        for made, whole in zip(pages(condition, 3), pages(sound, 3), strict=True):
            assert made.data != whole.data
    assert [list(one.printed.values()).count(None) for one in pages(NAMED["one cell blank"], 4)] == [1] * 4
    narrow = pages(NAMED["one column missing"], 1)[0]
    assert not any(name.endswith(".legal_service") for name in narrow.printed)
    assert 150 < len(narrow.printed) < len(expected(page("art50v1", Random(0))))


def test_pages_for_speed_are_of_an_ordinary_length():
    for data in ordinary_pages(4):
        assert 15_000 < len(data) < 25_000


def test_the_score_counts_what_is_wrong_missed_and_told():
    made = pages(SOUND, 1)[0]
    names = list(made.printed)
    shares = score(lambda _: with_numbers_in_order(b""), [(made.data, made.printed)])
    assert shares == Score(0.0, 0.0, 1.0, 0.0)
    read = with_pandas(made.data)
    read.values[names[0]] = None
    assert score(lambda _: read._replace(warned=True), [(made.data, made.printed)]).wrong == 1 / len(names)
    assert score(lambda _: read._replace(warned=True), [(made.data, made.printed)]).told == 1.0


def test_memory_is_measured_in_a_process_of_its_own():
    assert 10_000_000 < measure.peak_memory(ordinary_pages(1)) < 1_000_000_000


def _measured() -> Measured:
    shares = {name: Score(0.9999, 0.0001, 0.0, 0.5) for name in READERS}
    run = measure.Run(0.25, 0.5)
    machine = Machine("a processor", 2, "3.11", "2", "5", "0")
    return Measured(machine, 19_500, dict.fromkeys(READERS, 50.0), {"sound": shares}, 3, run, run, run, 99_000_000, 200)


def test_what_was_measured_is_shown_with_the_goals_that_are_missed():
    text, block = show.as_text(_measured()), show.as_markdown(_measured())
    for line in ("reports a second", "99.9 %", "0.1 %", "a processor", "peak memory over 200 reports"):
        assert line in text
        assert line in block
    assert "| reports a second, one core | 150 or more | 50 | **no** |" in block
    assert "| `govnlp --help` | under 0.3 s | 0.25 s of CPU (0.50 s by the clock) | yes |" in block
    filled = show.with_block(f"before\n{START}\nof last year\n{END}\nafter\n", block)
    assert "of last year" not in filled
    assert show.with_block(filled, block) == filled
    with pytest.raises(ValueError, match="lacks its marks"):
        show.with_block("no marks", block)


def test_the_page_of_the_documentation_has_been_measured(repository):
    page_ = (repository / "docs/benchmarks.md").read_text("utf-8")
    inside = page_.partition(START)[2].partition(END)[0]
    for condition in CONDITIONS:
        assert f"| {condition.name} |" in inside
    for reader in READERS:
        assert reader in inside
