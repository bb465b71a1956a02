"""Reads the corpus: `load("train")` from the voices, `load_dataset(folder)` from what `corpora.build` wrote."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

import yaml

from corpora.records import Passage, from_record
from corpora.voices import FOLDER, passages, read_voices
from govnlp.errors import FormatError, MissingExtraError, OptionError, SourceError

if TYPE_CHECKING:
    from datasets import DatasetDict, Features

Split = Literal["train", "validation", "test"]
SPLITS: tuple[Split, ...] = get_args(Split)
HELD_OUT = "unseen-"


def load(split: Split, folder: Path = FOLDER) -> list[Passage]:
    """The passages of a split, in the order of the voice files; `OptionError` where there is no such split.

    >>> {passage.voice.startswith("unseen-") for passage in load("train")}
    {False}
    """
    if split not in SPLITS:
        raise OptionError(f"no split is named {split!r}; there are {', '.join(SPLITS)}")
    return passages([voice for voice in read_voices(folder) if split_of(voice.name) == split])


def split_of(voice: str) -> Split:
    """The split of a voice, by its name alone: voices are never divided.

    >>> split_of("unseen-anyone"), split_of("anyone")
    ('test', 'train')
    """
    if voice.startswith(HELD_OUT):
        return "test"
    return "validation" if voice in validation_voices() else "train"


@cache
def validation_voices() -> frozenset[str]:
    """The voices of the validation split. Source: `splits.yaml`."""
    sheet: dict[str, list[str]] = yaml.safe_load(Path(__file__).with_name("splits.yaml").read_text("utf-8"))
    return frozenset(sheet["validation"])


def read_jsonl(path: Path) -> list[Passage]:
    """The passages of a `.jsonl` file that `corpora.build` wrote; `SourceError` where there is none."""
    try:
        lines = path.read_text("utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"{path.name} cannot be read ({error}); `python -m corpora.build -o DIR` writes it") from None
    try:
        return [from_record(json.loads(line)) for line in lines if line]
    except ValueError as error:
        raise FormatError(f"{path.name} is no list of passages: {error}") from None


def load_dataset(folder: Path, cache_dir: Path | None = None) -> DatasetDict:
    """The splits of a built folder as a `datasets.DatasetDict`; needs the extra `train`.

    The same without this module: `datasets.load_dataset("json", data_files={"train": "DIR/train.jsonl", …})`. Here the
    features are given, so that a split without marks has the same columns.
    """
    try:
        import datasets
    except ImportError:
        raise MissingExtraError("this needs the package `datasets`: pip install 'govnlp[train]'") from None
    files = {split: str(folder / f"{split}.jsonl") for split in SPLITS if (folder / f"{split}.jsonl").is_file()}
    if not files:
        raise SourceError(f"{folder} holds no split; `python -m corpora.build -o DIR` writes them")
    cached = None if cache_dir is None else str(cache_dir)
    made: DatasetDict = datasets.load_dataset("json", data_files=files, features=features(), cache_dir=cached)
    return made


def features() -> Features:
    """The columns of the record for `datasets`."""
    from datasets import Features, Value

    text, place = Value("string"), Value("int32")
    labels = [{"indicator": text, "value": text, "period": text, "scope": text}]
    marks = [{"start": place, "end": place, "kind": text, "labels": labels}]
    named = {"voice": text, "level": text, "style": text, "section": text, "year": place, "text": text}
    return Features({**named, "marks": marks})
