"""The examples in the docstrings of `corpora`."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import corpora

MODULES = [one.name for one in pkgutil.iter_modules(corpora.__path__)]


@pytest.mark.parametrize("name", MODULES)
def test_examples_run(name):
    assert (
        doctest.testmod(importlib.import_module(f"corpora.{name}"), optionflags=doctest.IGNORE_EXCEPTION_DETAIL).failed
        == 0
    )
