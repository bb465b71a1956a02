"""The splits as files, and what reads them back."""

from __future__ import annotations

import pytest

from corpora.build import build
from corpora.build import main as build_main
from corpora.load import SPLITS, load, load_dataset, read_jsonl, split_of, validation_voices
from corpora.readme import END, README, START, with_counts
from corpora.voices import FOLDER
from govnlp.errors import FormatError, OptionError, SourceError

SHEET = "@ voice: {0}\n@ level: county\n@ style: plain\n\n# section=fees year=2016\n收费{{12|fees.information.amount}}元，{{没有|fees.information.waived}}减免。印发文件8份。\n"


@pytest.fixture
def voices(tmp_path):
    folder = tmp_path / "voices"
    folder.mkdir()
    for name in ("one", "unseen-two", min(validation_voices())):
        (folder / f"{name}.txt").write_text(SHEET.format(name), "utf-8")
    return folder


def test_splits_are_whole_voices(voices):
    assert [[one.voice for one in load(split, voices)] for split in SPLITS] == [
        ["one"],
        [min(validation_voices())],
        ["unseen-two"],
    ]
    with pytest.raises(OptionError):
        load("dev", voices)  # type: ignore[arg-type]


def test_the_validation_voices_are_here():
    assert {name for name in validation_voices() if not (FOLDER / f"{name}.txt").is_file()} == set()
    assert {split_of(name) for name in validation_voices()} == {"validation"}


def test_build_writes_what_load_gives(voices, tmp_path):
    out = tmp_path / "out"
    assert build(out, voices, grown=3) == {"train": 1, "validation": 1, "test": 1, "train-grown": 3}
    for split in SPLITS:
        assert read_jsonl(out / f"{split}.jsonl") == load(split, voices)
    first = (out / "train-grown.jsonl").read_bytes()
    assert build_main(["-o", str(out), "--voices", str(voices), "--grown", "3"]) == 0
    assert (out / "train-grown.jsonl").read_bytes() == first


def test_a_faulty_voice_is_not_built(voices, tmp_path):
    (voices / "one.txt").write_text("# section=fees year=2016\n{12", "utf-8")
    with pytest.raises(FormatError, match="one: line 1"):
        build(tmp_path / "out", voices)


def test_files_that_are_none(tmp_path):
    with pytest.raises(SourceError):
        read_jsonl(tmp_path / "none.jsonl")
    (tmp_path / "bad.jsonl").write_text("{}\n", "utf-8")
    with pytest.raises(FormatError):
        read_jsonl(tmp_path / "bad.jsonl")


def test_docbin_keeps_everything(voices, tmp_path):
    pytest.importorskip("spacy")
    from corpora.spacy_docs import GROUP, blank, read_docbin, to_doc

    build(tmp_path / "out", voices, spacy=True)
    passages = load("train", voices)
    assert read_docbin(tmp_path / "out" / "train.spacy") == passages
    doc = to_doc(passages[0], blank())
    assert [(span.text, span.label_, span.kb_id_, span.id_) for span in doc.spans[GROUP]] == [
        ("12", "fees.information.amount", "12", "figure|year|own"),
        ("没有", "fees.information.waived", "0", "none|year|own"),
    ]


def test_datasets_loads_what_was_built(voices, tmp_path):
    pytest.importorskip("datasets")
    build(tmp_path / "out", voices)
    made = load_dataset(tmp_path / "out", tmp_path / "cache")
    assert {split: made[split].num_rows for split in SPLITS} == {"train": 1, "validation": 1, "test": 1}
    assert made["train"][0]["marks"][0]["labels"] == [
        {"indicator": "fees.information.amount", "value": "12", "period": "year", "scope": "own"}
    ]
    with pytest.raises(SourceError):
        load_dataset(tmp_path / "none")


def test_the_readme_has_room_for_counts():
    page = README.read_text("utf-8")
    assert page.count(START) == page.count(END) == 1
    assert with_counts(page, "x").count("\nx\n") == 1
