"""The page without a browser: how its script is joined, what its data hold, what its marks are."""

from __future__ import annotations

import json
import re
from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govnlp.export import html
from govnlp.export.html_forms import drawn, slots
from govnlp.export.html_index import entry
from govnlp.export.html_names import indicator_names
from govnlp.export.html_sheet import sheet
from govnlp.pipeline import inspect
from govnlp.prose.annotations import read_annotations
from govnlp.schema.indicators import applicants as kinds_of_applicant
from govnlp.schema.indicators import indicators
from govnlp.viewing import view
from tests.viewer.making import CONFLICT, HOSTILE, TOWN

INDICATORS_OF = (None, *kinds_of_applicant())
VIEWER = Path(str(files("govnlp.export").joinpath("viewer")))
_TOP = re.compile(r"^(?:export )?(?:async )?(?:function|const|let|class) (\w+)", re.MULTILINE)
_IMPORT = re.compile(r'^import \{ ([^}]+) \} from "\./(\w+)\.js";$', re.MULTILINE)


def script(name: str) -> str:
    return (VIEWER / f"{name}.js").read_text("utf-8")


@pytest.mark.parametrize("parts", [html._SCRIPTS, html._INDEX_SCRIPTS], ids=["page", "index"])
def test_the_parts_of_the_script_have_no_name_in_common(parts: tuple[str, ...]):
    names = Counter(name for part in parts for name in _TOP.findall(script(part)))
    assert [name for name, times in names.items() if times > 1] == []


@pytest.mark.parametrize("parts", [html._SCRIPTS, html._INDEX_SCRIPTS], ids=["page", "index"])
def test_every_import_is_an_export_and_is_used(parts: tuple[str, ...]):
    for part in parts:
        text = script(part)
        assert text.count("\nimport ") + text.startswith("import ") == len(_IMPORT.findall(text))
        for names, home in _IMPORT.findall(text):
            assert home in parts
            for name in names.split(", "):
                assert re.search(rf"^export (?:async )?(?:function|const|let) {name}\b", script(home), re.MULTILINE), (
                    part,
                    name,
                )
                assert len(re.findall(rf"\b{name}\b", text)) > 1, f"{part}.js does not use {name}"


def test_every_word_that_is_asked_for_has_both_languages():
    known = dict(re.findall(r'^  (\w+): \[\s*"([^"]+)"', script("words"), re.MULTILINE))
    text = "".join(path.read_text("utf-8") for path in VIEWER.glob("*.js"))
    asked = set(re.findall(r'\bword\("(\w+)"', text))
    assert asked <= set(known), asked - set(known)
    # A choice of the editor is named by its field.
    stems = {"kind", "period", "scope", *re.findall(r"\bword\(`(\w+)_\$", text)}
    unused = {name for name in known if f'"{name}"' not in text and name.partition("_")[0] not in stems}
    assert unused == set()
    both = re.findall(r'^  \w+: \[\s*"[^"]*",\s*"[^"]+",?\s*\],$', script("words"), re.MULTILINE)
    assert len(both) == len(known)


def test_no_part_reads_markup_or_the_network():
    text = "".join(path.read_text("utf-8") for path in VIEWER.glob("*.js"))
    for forbidden in (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "fetch(",
        "XMLHttpRequest",
        "localStorage",
        "http:",
        "https:",
    ):
        assert forbidden not in text
    assert all(len(path.read_text("utf-8").splitlines()) < 300 for path in VIEWER.glob("*.js"))


def test_every_indicator_has_a_name_in_both_languages():
    names = {one.id: one for one in indicator_names()}
    assert set(names) == set(indicators())
    assert all(one.zh and one.en and not re.search(r"[\u4e00-\u9fff]", one.en) for one in names.values())
    assert len({one.zh for one in names.values()}) > 0.9 * len(names)


@pytest.mark.parametrize("generation", ["art50v1", "art50v2", "stat2014"])
def test_a_form_has_a_place_for_each_of_its_indicators(generation):
    placed = slots(drawn(generation, ()))
    assert placed <= set(indicators())
    # The table of 2014-2018 has no columns of applicants.
    applicants = ("total", None) if generation == "stat2014" else (*INDICATORS_OF,)
    wanted = {name for name, one in indicators().items() if generation in one.forms and one.applicant in applicants}
    assert wanted <= placed


def test_rows_of_a_drawn_form_are_of_one_width():
    for generation in ("art50v1", "art50v2", "stat2014"):
        for one in drawn(generation, ()):
            taken: Counter[int] = Counter()
            for at, row in enumerate(one.rows):
                for slot in row:
                    for below in range(slot.rows):
                        taken[at + below] += slot.columns
            assert len(set(taken.values())) == 1, one.name


def data(page: str) -> dict[str, object]:
    found = re.search(r'<script type="application/json" id="sheet">(.*?)</script>', page)
    assert found is not None
    value: dict[str, object] = json.loads(found[1])
    return value


@given(st.text(max_size=200))
@settings(max_examples=40)
def test_no_text_breaks_out_of_the_data(text: str):
    sound = text.encode("utf-8", "replace").decode("utf-8")
    page = view(text=f"某镇2016年政府信息公开工作年度报告\n收到申请3件。{sound}</script><script>{{{{script}}}}")
    assert page.count("<script") == 2
    assert "</script><script>" in str(data(page)["text"])
    assert page.count("Content-Security-Policy") == 1


def test_the_policy_names_the_script_and_the_style_that_stand_there():
    import hashlib
    from base64 import b64encode
    from html import unescape

    page = view(text=HOSTILE)
    policy = unescape(re.search(r'Content-Security-Policy" content="([^"]+)"', page)[1])  # type: ignore[index]
    for tag in ("script", "style"):
        content = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)[-1]
        digest = b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy


def test_marks_are_where_facts_were_read():
    found = inspect(text=CONFLICT)
    made = sheet(found.report, found.document)
    marked = {fact for passage in made.passages for mark in passage.marks for fact in mark.facts}
    assert marked == set(range(len(made.facts)))
    for passage in made.passages:
        text = made.text[passage.start : passage.end]
        for mark in passage.marks:
            assert 0 <= mark.start <= mark.end <= len(text)


def test_carried_totals_and_words_of_none_have_their_kind():
    found = inspect(
        text="某镇2016年政府信息公开工作年度报告\n三、依申请公开情况\n共收到申请7件,均予以答复。没有收取费用。"
    )
    kinds = {
        label.indicator: mark.kind
        for passage in sheet(found.report, found.document).passages
        for mark in passage.marks
        for label in mark.labels
    }
    assert kinds["applications.new.total"] == "figure"
    assert kinds["applications.replied.total"] == "all"
    assert kinds["fees.information.amount"] == "none"


def test_what_was_read_is_a_sound_file_of_annotations(repository: Path, tmp_path: Path):
    """As the page would save it: each passage with the marks that were read."""
    for path in sorted((repository / "corpora" / "samples").iterdir()):
        if path.suffix not in (".html", ".txt"):
            continue
        found = inspect(path)
        made = sheet(found.report, found.document)
        lines = []
        for one in made.passages:
            if one.cell is None and one.marks:
                marks = [{**mark.model_dump(exclude={"facts"})} for mark in one.marks]
                text = made.text[one.start : one.end]
                lines.append(json.dumps({"text": text, "section": one.section, "year": made.meta.year, "marks": marks}))
        (tmp_path / "a.jsonl").write_text("\n".join(lines), "utf-8")
        assert len(read_annotations(tmp_path / "a.jsonl", least=0)) == len(lines)


def test_displacy_takes_what_it_is_given():
    report = inspect(text=TOWN).report
    found = html.displacy(report)
    assert [found["text"][one["start"] : one["end"]] for one in found["ents"]][:3] == ["128", "7", "6"]
    assert all(a["end"] <= b["start"] for a, b in zip(found["ents"], found["ents"][1:], strict=False))
    displacy = pytest.importorskip("spacy").displacy
    drawn_by_spacy = displacy.render(found, style="ent", manual=True, jupyter=False)
    assert "applications.new.total" in drawn_by_spacy


def test_an_index_lists_each_report():
    report = inspect(text=CONFLICT).report
    page = html.index([entry(report, "pages/a%20b.html", "a b.html")])
    listing = json.loads(re.search(r'id="listing">(.*?)</script>', page)[1])  # type: ignore[index]
    assert listing["entries"][0]["failed"] == len(report.failed_checks) > 0
    assert listing["entries"][0]["conflicts"] == 1
