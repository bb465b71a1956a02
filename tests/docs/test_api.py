"""The reference is that of the package, whole and up to date, and its examples run."""

from __future__ import annotations

import doctest
import inspect
import sys

import pytest

import govnlp
from docs import generate_api
from tests.docs.pages import ROOT

PUBLIC = [pytest.param(thing, id=f"{module.name}.{name}") for module, name, thing in generate_api.public()]


def test_every_public_name_is_in_the_reference():
    page = (ROOT / "docs/api.md").read_text("utf-8")
    for name in govnlp.__all__:
        assert name.startswith("_") or f"### `{name}`" in page, f"{name}: run python -m docs.generate"


@pytest.mark.parametrize("thing", PUBLIC)
def test_examples_run(thing: object, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(ROOT)
    if not (inspect.isclass(thing) or inspect.isroutine(thing)):
        return
    told: list[str] = []
    names = vars(sys.modules[thing.__module__]).copy()
    for test in doctest.DocTestFinder().find(thing, thing.__name__, globs=names):
        doctest.DocTestRunner(verbose=False).run(test, out=told.append)
    assert not told, "".join(told)


@pytest.mark.parametrize("thing", PUBLIC)
def test_what_is_public_says_what_it_is(thing: object):
    if inspect.isclass(thing) or inspect.isroutine(thing):
        assert thing.__doc__, thing
        assert thing.__doc__[0].isupper()


def test_a_default_of_ours_is_shown_as_it_is_made():
    assert "limits: Limits = Limits()," in generate_api.reference()
    assert " at 0x" not in generate_api.reference()
