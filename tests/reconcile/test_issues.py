from __future__ import annotations

from govnlp.reconcile import reconcile
from govnlp.schema.reading import Reading
from govnlp.schema.report import Issue
from tests.reconcile.making import fact, outline


def test_the_issues_of_both_readings_are_kept_in_order():
    first, second = (Issue(code=code, severity="error", message=code) for code in ("unexplained_cell", "cut_sentence"))
    unsure = fact("capacity.meetings", 3, "prose", confidence=0.2)
    done = reconcile(Reading((), (first,)), Reading((unsure,), (second,)), outline())
    assert [issue.code for issue in done.issues] == ["unexplained_cell", "cut_sentence", "low_confidence"]
