"""The audit as SARIF 2.1.0 (OASIS), which editors and code hosts show beside the file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import PurePath
from typing import NamedTuple
from urllib.parse import quote

from govnlp.audit.findings import Finding
from govnlp.audit.rules import Rule, rules
from govnlp.schema.report import Issue, Severity
from govnlp.version import __version__

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}


class Position(NamedTuple):
    """Where in a file something begins and ends: lines and columns from 1, columns counted in characters."""

    line: int
    column: int
    end_line: int
    end_column: int


class Located(NamedTuple):
    """A finding of a file; `position` is None where the file has no lines, or the finding no place."""

    file: str
    finding: Finding
    position: Position | None = None


class Unread(NamedTuple):
    """What of a file could not be read: there the audit may have missed something."""

    file: str
    issue: Issue


def sarif(located: Sequence[Located], unread: Sequence[Unread] = (), *, language: str = "zh") -> str:
    """The findings as a SARIF log, messages in `zh` or `en`; ids are kept as partial fingerprints.

    What could not be read stands among the notifications of the run, not among its results.

    >>> json.loads(sarif([]))["version"]
    '2.1.0'
    """
    used = list(dict.fromkeys(one.finding.rule for one in located))
    driver = {
        "name": "govnlp",
        "version": __version__,
        "rules": [_rule(rules()[name], language) for name in used],
    }
    results = [_result(one, used.index(one.finding.rule), language) for one in located]
    invocation = {"executionSuccessful": True, "toolExecutionNotifications": [_notification(one) for one in unread]}
    run = {
        "tool": {"driver": driver},
        "invocations": [invocation],
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1)


def _rule(rule: Rule, language: str) -> dict[str, object]:
    zh = language == "zh"
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.title.zh if zh else rule.title.en},
        "help": {"text": rule.advice.zh if zh else rule.advice.en},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(one: Located, index: int, language: str) -> dict[str, object]:
    message = one.finding.message
    return {
        "ruleId": one.finding.rule,
        "ruleIndex": index,
        "level": _LEVELS[one.finding.severity],
        "message": {"text": message.zh if language == "zh" else message.en},
        "locations": [{"physicalLocation": _location(one)}],
        "partialFingerprints": {"govnlpFinding/v1": one.finding.id},
    }


def _notification(one: Unread) -> dict[str, object]:
    return {
        "descriptor": {"id": one.issue.code},
        "level": _LEVELS[one.issue.severity],
        "message": {"text": one.issue.message},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(one.file)}}}],
    }


def _location(one: Located) -> dict[str, object]:
    artifact: dict[str, object] = {"artifactLocation": {"uri": _uri(one.file)}}
    if one.position is None:
        return artifact
    line, column, end_line, end_column = one.position
    region = {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}
    return {**artifact, "region": region}


def _uri(file: str) -> str:
    """A file's name as a relative URI, or a file URI where it is absolute.

    >>> _uri("年报/a b.html")
    '%E5%B9%B4%E6%8A%A5/a%20b.html'
    """
    path = PurePath(file)
    encoded = quote(path.as_posix(), safe="/", errors="replace")
    return f"file://{encoded}" if path.is_absolute() else encoded
