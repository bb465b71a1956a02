"""The data files of this folder, each parsed once."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml


@cache
def load(name: str) -> object:
    """A YAML file of this folder.

    >>> sorted(load("headings.yaml"))[:2]
    ['form_labels', 'kinds']
    """
    text = files(__package__).joinpath(name).read_text("utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(text, Loader=loader)  # noqa: S506 - both are safe loaders


@cache
def pattern_text(name: str, key: str) -> str:
    """A regular expression of a data file, folded over several lines there, in one piece."""
    table = load(name)
    return str(table[key]).replace(" ", "") if isinstance(table, dict) else ""
