"""Runs the cells of a notebook, without a kernel: each as a program, in one set of names."""

from __future__ import annotations

import ast
import io
from contextlib import redirect_stdout
from typing import NamedTuple


class Output(NamedTuple):
    """What a cell prints, and the value of its last expression as Python shows it; None where it has none."""

    printed: str
    value: str | None


def run(source: str, names: dict[str, object]) -> Output:
    """Run a cell.

    >>> run("print(1)\\n1 + 1", {})
    Output(printed='1\\n', value='2')
    """
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    file = io.StringIO()
    with redirect_stdout(file):
        exec(compile(tree, "<cell>", "exec"), names)
        value = (
            eval(compile(ast.Expression(last.value), "<cell>", "eval"), names) if isinstance(last, ast.Expr) else None
        )
    return Output(file.getvalue(), None if value is None else repr(value))
