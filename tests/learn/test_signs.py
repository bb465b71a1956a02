"""The shipped model learns denials, carried totals, other periods and other scopes, and forgets nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from govnlp import extract
from govnlp.errors import GovnlpError
from govnlp.learn.train import Learnt, fine_tune
from govnlp.model_files import model_path
from govnlp.prose.annotations import Annotated
from tests.learn.making import marked, write

NEW, REPLIED = "applications.new.total", "applications.replied.total"
DENIALS = [
    "登记簿上{无|NEW}一宗求件,ASIDE。", "年终清点{没有|NEW}求件入册,ASIDE。",
    "求件匣子里{没有|NEW}一页纸,ASIDE。", "窗口的求件栏{无|NEW}一笔,ASIDE。",
]  # fmt: skip
CARRIED = [
    "登记求件{COUNT|NEW}宗,{悉数|REPLIED=COUNT}回帖,ASIDE。", "窗口登记求件{COUNT|NEW}宗,{全数|REPLIED=COUNT}当月回帖,ASIDE。",
    "年内登记求件{COUNT|NEW}宗,{一律|REPLIED=COUNT}当面回帖,ASIDE。",
]  # fmt: skip
PREVIOUS = ["老账本记登记求件{COUNT|NEW@previous}宗,ASIDE。", "翻老账本,登记求件{COUNT|NEW@previous}宗,ASIDE。"]
OF_OTHERS = ["河口站点登记求件{COUNT|NEW/sub}宗,ASIDE。", "坝头站点收登记求件{COUNT|NEW/sub}宗,ASIDE。"]
ASIDES = ["柜台照常值守", "窗口照常开门", "来人问路居多", "簿子归了档", "公告照贴", "钥匙由文书保管", "电话照接"]
FOUND = {
    "全年下来求件柜里没有一页,台账已封存。": (NEW, 0, "year", "own"),
    "窗口年内登记求件27宗,全数回帖了,台账已封存。": (REPLIED, 27, "year", "own"),
    "老账本里登记求件33宗,台账已封存。": (NEW, 33, "previous", "own"),
    "湾里站点登记求件38宗,台账已封存。": (NEW, 38, "year", "subordinate"),
}


def corrections(ways: list[str], count: int = 40) -> list[Annotated]:
    made = []
    for at in range(count):
        sheet = ways[at % len(ways)].replace("COUNT", str(at + 3)).replace("ASIDE", ASIDES[at % len(ASIDES)])
        made.append(marked(sheet.replace("NEW", NEW).replace("REPLIED", REPLIED)))
    return made


def facts(text: str, model: Path) -> set[tuple[str, int, str, str]]:
    report = extract(text=f"某县2016年政府信息公开工作年度报告\n二、依申请公开情况\n{text}", model=model)
    return {(one.indicator, int(one.value), one.period, one.scope) for one in report.facts if one.value is not None}


@pytest.fixture(scope="module")
def taught(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Learnt]:
    try:
        base = model_path()
    except GovnlpError:
        pytest.skip("the trained model is not here")
    if not (base / "encoder.onnx").is_file():
        pytest.skip("the trained model is not here")
    folder = tmp_path_factory.mktemp("taught")
    every = [one for ways in (DENIALS, CARRIED, PREVIOUS, OF_OTHERS) for one in corrections(ways)]
    return base, folder / "mine", fine_tune(write(every, folder / "a.jsonl"), base, folder / "mine")


@pytest.mark.slow
@pytest.mark.parametrize("text", FOUND)
def test_an_unseen_sentence_of_the_kind_is_read(taught: tuple[Path, Path, Learnt], text: str):
    base, mine, _ = taught
    assert FOUND[text] not in facts(text, base)
    assert FOUND[text] in facts(text, mine)


@pytest.mark.slow
def test_nothing_is_forgotten(taught: tuple[Path, Path, Learnt]):
    _, _, learnt = taught
    assert learnt.kept_before is not None
    assert learnt.kept_after is not None
    assert learnt.kept_after.overall.f1 >= learnt.kept_before.overall.f1 - 0.002
    assert learnt.after.overall.f1 > 0.9 > learnt.before.overall.f1
    assert (learnt.signs > 0, learnt.others > 0, learnt.unfound) == (True, True, 0)


@pytest.mark.slow
def test_what_is_taught_later_builds_on_it(taught: tuple[Path, Path, Learnt], tmp_path: Path):
    _, mine, _ = taught
    fine_tune(write(corrections(OF_OTHERS), tmp_path / "a.jsonl"), mine, tmp_path / "again")
    for text, wanted in FOUND.items():
        assert wanted in facts(text, tmp_path / "again")
