"""The reference of the public functions and classes, from their signatures and docstrings."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from functools import cached_property
from importlib import import_module
from types import FunctionType
from typing import NamedTuple

from pydantic import BaseModel

_WIDTH = 100
_MEMBERS = (FunctionType, classmethod, staticmethod, property, cached_property)
_ADDRESS = re.compile(r" at 0x[0-9a-f]+")


class Module(NamedTuple):
    """A module, what it is for in a few words, and the names of it that are public; none given: its `__all__`."""

    name: str
    title: str
    names: tuple[str, ...] = ()


MODULES = (
    Module("govnlp", "one report"),
    Module("govnlp.pipeline", "a report beside its document", ("inspect", "Inspection")),
    Module("govnlp.batch", "archives"),
    Module("govnlp.panel", "panels"),
    Module("govnlp.audit", "before publishing"),
    Module("govnlp.annotate", "annotations"),
    Module("govnlp.export.html", "for spaCy's displaCy", ("displacy",)),
)


def public() -> Iterator[tuple[Module, str, object]]:
    """Every public name, once, with its module and what it stands for."""
    met: list[object] = []
    for module in MODULES:
        home = import_module(module.name)
        things = {name: getattr(home, name) for name in module.names or home.__all__ if not name.startswith("_")}
        for name in sorted(things, key=lambda name: (_rank(things[name]), name.lower())):
            if not any(things[name] is one for one in met):
                met.append(things[name])
                yield module, name, things[name]


def _rank(thing: object) -> int:
    """Functions first, exceptions last."""
    return 0 if inspect.isfunction(thing) else 2 if inspect.isclass(thing) and issubclass(thing, Exception) else 1


def reference() -> str:
    """The whole reference as Markdown."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    current = None
    for module, name, thing in public():
        if module != current:
            yield f"## {module.name}: {module.title}\n"
            current = module
        yield f"### `{name}`\n"
        yield from _described(name, thing)


def _described(name: str, thing: object) -> Iterator[str]:
    if inspect.isclass(thing) and issubclass(thing, Exception):
        bases = ", ".join(f"`{base.__name__}`" for base in thing.__bases__)
        yield f"An exception; it is a {bases}.\n"
        yield from _text(thing.__dict__.get("__doc__"))
    elif inspect.isclass(thing):
        yield from _of_class(name, thing)
    elif callable(thing) and inspect.isroutine(thing):
        yield from _code(_signature(name, thing))
        yield from _text(inspect.getdoc(thing))
    else:
        yield from _code(f"{name} = {_ADDRESS.sub('', repr(thing)).replace('typing.', '')}")


def _of_class(name: str, thing: type) -> Iterator[str]:
    yield from _code("\n".join((f"class {name}:", *(f"    {one}" for one in _fields(thing)))))
    yield from _text(thing.__dict__.get("__doc__"))
    for member, found in _members(thing):
        target = found.__func__ if isinstance(found, classmethod | staticmethod) else found
        if inspect.isfunction(target):
            yield from _code(_signature(f"{name}.{member}", target, skip_first=not isinstance(found, staticmethod)))
        else:
            yield f"`{name}.{member}`\n"
        yield from _text(inspect.getdoc(target))


def _fields(thing: type) -> Iterator[str]:
    """The fields of a value: name, type and, where it may be left out, what it then is."""
    if issubclass(thing, BaseModel):
        notes = [vars(base).get("__annotations__", {}) for base in reversed(thing.__mro__)]
        written = {name: note for each in notes for name, note in each.items()}
        for name, field in thing.model_fields.items():
            yield f"{name}: {_plain(written[name])}" + ("" if field.is_required() else f" = {_default(field.default)}")
    else:
        for parameter in inspect.signature(thing).parameters.values():
            yield _parameter(parameter)


def _members(thing: type) -> Iterator[tuple[str, object]]:
    """The documented methods and properties that a class of ours brings itself."""
    for base in thing.__mro__:
        if not base.__module__.startswith("govnlp"):
            continue
        for name, found in vars(base).items():
            is_public = not name.startswith("_") or name == "__getitem__"
            if is_public and isinstance(found, _MEMBERS) and found.__doc__:
                yield name, found


def _signature(name: str, thing: object, *, skip_first: bool = False) -> str:
    """A call with its parameters, broken into lines where it is long."""
    signature = inspect.signature(thing)  # type: ignore[arg-type]
    found = list(signature.parameters.values())[int(skip_first) :]
    parameters = [_parameter(one) for one in found]
    first_keyword = next((at for at, one in enumerate(found) if one.kind is one.KEYWORD_ONLY), None)
    if first_keyword is not None:
        parameters.insert(first_keyword, "*")
    back = "" if signature.return_annotation is signature.empty else f" -> {_plain(signature.return_annotation)}"
    line = f"{name}({', '.join(parameters)}){back}"
    return line if len(line) <= _WIDTH else "\n".join((f"{name}(", *(f"    {one}," for one in parameters), f"){back}"))


def _parameter(one: inspect.Parameter) -> str:
    note = "" if one.annotation is one.empty else f": {_plain(one.annotation)}"
    default = "" if one.default is one.empty else f" = {_default(one.default)}"
    return f"{one.name}{note}{default}"


def _default(value: object) -> str:
    """What a parameter is where it is left out; a value of ours that is made without arguments as it is made."""
    kind = type(value)
    is_ours = kind.__module__.startswith("govnlp") and isinstance(value, tuple | BaseModel)
    return f"{kind.__name__}()" if is_ours and value == kind() else _ADDRESS.sub("", repr(value))


def _plain(annotation: object) -> str:
    """An annotation as it is written, be it a string or a type."""
    text = annotation if isinstance(annotation, str) else inspect.formatannotation(annotation)
    return re.sub(r"\bForwardRef\('([^']+)'\)", r"\1", text).strip("'\"")


def _text(docstring: str | None) -> Iterator[str]:
    """A docstring as paragraphs, its example as a session."""
    if not docstring:
        return
    prose, mark, example = inspect.cleandoc(docstring).partition(">>> ")
    if prose.strip():
        yield f"{prose.strip()}\n"
    if mark:
        yield f"```pycon\n{mark}{example.rstrip()}\n\n```\n"


def _code(text: str) -> Iterator[str]:
    yield f"```python\n{text}\n```\n"
