"""Which passages of an archive are worth a person's hour."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from heapq import nsmallest
from random import Random
from typing import Literal
from zlib import crc32

from govnlp.annotate.tasks import Task

Way = Literal["uncertain", "disagreement", "random"]
WAYS: tuple[Way, ...] = ("uncertain", "disagreement", "random")

# So many times what is asked for is held while an archive is gone through.
_ROOM = 10
_FIGURES = re.compile(r"[\d０-９〇一二三四五六七八九十百千万亿两.,，．%％\s]+")
# Eight of a passage's shingles: texts that share so many are nearly the same, those that share phrases are not.
_SKETCH = 8


def select(tasks: Iterable[Task], way: Way, count: int, *, seed: int = 0) -> list[Task]:
    """Up to `count` tasks; memory grows with `count`, not with the archive.

    `uncertain` gives the least sure readings first, `disagreement` those where the rules and the model differ most; both
    go round the organs and take of passages that differ in their figures alone only one. `random` draws evenly.

    >>> from govnlp.prose.annotations import Annotated
    >>> sure, unsure = (Task(name, Annotated(name, ()), certainty=sure) for name, sure in (("a", 0.9), ("b", 0.2)))
    >>> [task.id for task in select([sure, unsure], "uncertain", 1)]
    ['b']
    """
    if way == "random":
        return _drawn(tasks, count, Random(seed))  # noqa: S311 - a sample, no secret
    if way == "uncertain":
        return _varied(tasks, count, lambda task: task.certainty)
    return _varied((task for task in tasks if task.difference > 0), count, lambda task: -task.difference)


def _drawn(tasks: Iterable[Task], count: int, random: Random) -> list[Task]:
    """A sample in which each task is as likely as any other, in the order of the archive."""
    held: list[tuple[int, Task]] = []
    for place, task in enumerate(tasks):
        if len(held) < count:
            held.append((place, task))
        elif (at := random.randint(0, place)) < count:
            held[at] = (place, task)
    return [task for _, task in sorted(held, key=lambda one: one[0])]


def _varied(tasks: Iterable[Task], count: int, rank: Callable[[Task], float]) -> list[Task]:
    """The tasks of least rank, organ after organ in turn, one of each wording."""
    held: dict[object, Task] = {}
    for task in tasks:
        wording = _wording(task)
        if wording not in held or rank(task) < rank(held[wording]):
            held[wording] = task
        if len(held) > 2 * _ROOM * count:
            kept = {task.id for task in _in_turn(held.values(), rank)[: _ROOM * count]}
            held = {wording: task for wording, task in held.items() if task.id in kept}
    return _in_turn(held.values(), rank)[:count]


def _in_turn(tasks: Iterable[Task], rank: Callable[[Task], float]) -> list[Task]:
    """The first of each organ, then the second of each, and so on."""
    turns: Counter[str] = Counter()
    found = []
    for task in sorted(tasks, key=lambda task: (rank(task), task.id)):
        found.append((turns[task.organ], rank(task), task.id, task))
        turns[task.organ] += 1
    return [task for *_, task in sorted(found, key=lambda one: one[:3])]


def _wording(task: Task) -> tuple[int, ...]:
    """A small sketch of the words of a passage without its figures: alike for passages that are nearly alike."""
    words = _FIGURES.sub("0", task.passage.text)
    words = words.replace(task.organ, "") if task.organ else words
    shingles = {words[at : at + 3] for at in range(max(1, len(words) - 2))}
    return tuple(nsmallest(_SKETCH, (crc32(one.encode("utf-8", "surrogatepass")) for one in shingles)))
