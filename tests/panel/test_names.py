"""Printed names: which organ each is of, and which are of none."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govnlp.panel.links import links
from govnlp.panel.names import Name, names_data, parse, spelt


@pytest.mark.parametrize(
    ("printed", "region", "canonical"),
    [
        ("番禺区教育局", None, "广东省广州市番禺区教育局"),
        ("广州市番禺区教育局", None, "广东省广州市番禺区教育局"),
        ("广东省广州市番禺区 教育局", None, "广东省广州市番禺区教育局"),
        ("番禺区政府", None, "广东省广州市番禺区人民政府"),
        ("番禺区政府办", None, "广东省广州市番禺区人民政府办公室"),
        ("番禺区石楼镇政府", None, "广东省广州市番禺区石楼镇人民政府"),
        ("番禺区卫健局", None, "广东省广州市番禺区卫生健康局"),
        ("番禺区发展和改革委", None, "广东省广州市番禺区发展和改革委员会"),
        ("朝阳区教育局", None, "朝阳区教育局"),
        ("朝阳区教育局", "吉林省长春市朝阳区", "吉林省长春市朝阳区教育局"),
        ("朝阳区教育局", "北京市朝阳区", "北京市朝阳区教育局"),
        ("楚雄州财政局", None, "云南省楚雄彝族自治州财政局"),
        ("雲嶺縣人民政府（本级）", None, "云岭县人民政府"),
        ("云岭县城市管理局", None, "云岭县城市管理局"),
        ("江洲市望川区人民政府", None, "江洲市望川区人民政府"),
        ("江洲市住房和城乡建设局", None, "江洲市住房和城乡建设局"),
        ("交通运输部", None, "交通运输部"),
        ("国家统计局", None, "国家统计局"),
    ],
)
def test_a_name_is_completed_as_far_as_it_is_certain(printed: str, region: str | None, canonical: str):
    name = parse(printed, region)
    assert name is not None
    assert name.canonical == canonical


@pytest.mark.parametrize(
    "printed",
    [
        "市教育局",
        "教育局",
        "我局",
        "本机关",
        "县人民政府",
        "人民政府办公室",
        "城市管理局",
        "",
        "大同市",
        "镇政府",
        "地区行署",
    ],
)
def test_a_name_that_many_organs_have_is_of_none(printed: str):
    assert parse(printed) is None


@pytest.mark.parametrize(
    ("printed", "level"),
    [
        ("山西省财政厅", "province"),
        ("大同市财政局", "prefecture"),
        ("番禺区财政局", "county"),
        ("番禺区石楼镇人民政府", "town"),
        ("水利部", "national"),
        ("云岭县财政局", "unknown"),
    ],
)
def test_the_level_is_that_of_the_place(printed: str, level: str):
    name = parse(printed)
    assert name is not None
    assert name.level == level


def test_a_place_stays_in_the_name_where_the_words_of_an_office_look_like_one():
    name = parse("云岭县城市管理局")
    assert name is not None
    assert (name.place, name.office) == ("云岭县", "城市管理局")


@pytest.mark.parametrize("one", ["市", "江", "区管", "人民政府", "开发区", " ", "\u3000（"])
def test_hostile_names_take_no_time(one: str):
    before = time.process_time()
    parse("云岭县" + one * 100_000)
    parse(one * 100_000)
    assert time.process_time() - before < 5


@given(st.text(max_size=20))
def test_any_text_is_a_name_or_none_and_reading_it_again_changes_nothing(printed: str):
    assert spelt(spelt(printed)) == spelt(printed)
    name = parse(printed)
    if name is not None:
        assert name.place + name.office == name.canonical
        assert name.office or name.place


@given(
    st.sampled_from(["番禺区", "大同市", "云岭县", "石家庄市新华区"]),
    st.sampled_from(["教育局", "人民政府", "发展和改革局", "卫健局"]),
)
def test_a_canonical_name_is_its_own(place: str, office: str):
    name = parse(place + office)
    assert name is not None
    again = parse(name.canonical)
    assert again is not None
    assert again.key == name.key


def test_every_renaming_names_offices_of_other_words():
    for renaming in names_data()["renamed"]:
        assert renaming["from"] not in renaming["to"]
        assert 2007 < renaming["since"] < 2030


def made(*printed: str) -> dict[str, Name]:
    names = [name for one in printed if (name := parse(one))]
    assert len(names) == len(printed)
    return {name.key: name for name in names}


def joined(names: dict[str, Name], *years: set[int]) -> dict[str, str]:
    given_years = {key: frozenset(some) for key, some in zip(names, years, strict=True)}
    return {link.old: link.reason for link in links(names, given_years).values()}


def test_a_renamed_office_goes_on_where_the_new_name_follows_the_old():
    names = made("大同市国土资源局", "大同市自然资源局")
    assert joined(names, {2016, 2017}, {2019}) == {"山西省大同市国土资源局": "office_renamed"}


@pytest.mark.parametrize(("old", "new"), [({2016, 2019}, {2019}), ({2020}, {2019}), ({2014}, {2016})])
def test_names_with_years_that_do_not_fit_stay_apart(old: set[int], new: set[int]):
    assert joined(made("大同市国土资源局", "大同市自然资源局"), old, new) == {}


def test_an_office_of_another_place_is_no_successor():
    assert joined(made("大同市国土资源局", "阳泉市自然资源局"), {2016}, {2019}) == {}


def test_where_two_may_be_the_successor_none_is():
    names = made("大同市国土资源局", "大同市自然资源局", "大同市自然资源和规划局")
    assert joined(names, {2016}, {2019}, {2020}) == {}


def test_joined_offices_are_no_renaming():
    assert joined(made("大同市工商行政管理局", "大同市市场监督管理局"), {2016}, {2019}) == {}


def test_renamings_follow_each_other():
    names = made("大同市卫生局", "大同市卫生和计划生育局", "大同市卫生健康委员会")
    made_links = links(names, {key: frozenset({year}) for key, year in zip(names, (2012, 2015, 2020), strict=True)})
    assert len(made_links) == 2


def test_the_office_of_a_government_is_the_government_only_where_they_never_report_both():
    names = made("大同市人民政府", "大同市人民政府办公室")
    assert joined(names, {2016, 2018}, {2017}) == {"山西省大同市人民政府办公室": "government_office"}
    assert joined(names, {2016, 2017}, {2017}) == {}


def test_a_county_that_became_a_district_goes_on_and_one_beside_a_city_does_not():
    assert joined(made("密云县财政局", "密云区财政局"), {2014}, {2016}) == {"北京市密云县财政局": "place_renamed"}
    assert joined(made("伊宁县财政局", "伊宁市财政局"), {2014}, {2016}) == {}
