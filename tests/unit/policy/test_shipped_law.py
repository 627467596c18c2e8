"""The law as shipped says what the bulletin says, and shows where each value comes from."""

from datetime import date

import pytest

from yingbao.policy.errors import NotChecked
from yingbao.policy.parameter import Status
from yingbao.policy.show import list_parameters, parameter_of, show_parameter
from yingbao.policy.tree import load, policy_root
from yingbao.values.month import month_of

BASE = "benefit/base_pension"
POOR = ("destitute", "subsistence_urban", "subsistence_rural", "registered_low_income")
IN_2018_12 = {
    "age/pension_age_years": 60,
    "age/contribution_age_years": 16,
    "benefit/annuity_divisor": 139,
    "benefit/minimum_paid_years": 15,
    "benefit/base_pension": 13500,
    "benefit/county_top_up": 0,
    "benefit/central_minimum_base_pension": 8800,
    "benefit/central_share": 5000,
    "benefit/pension_rounding": "half_up_fen",
    "exit/over_age_poor_window": True,
    "exit/poor_categories": POOR,
    "exit/excludes_flagged_out_of_poverty": False,
    "entry/proxy_categories": POOR,
    "entry/excludes_flagged_out_of_poverty": True,
    "entry/proxy_amount": 10000,
    "entry/proxy_share": 10000,
    "entry/proxy_snapshot_rule": "roster_at_batch_date",
    "entry/own_payment_rule": "proxy_before_own",
    "waiver/takes_effect": "month_after_signature",
    "contribution/entry_subsidy": ((10000, 3000), (50000, 6000)),
}


@pytest.fixture(scope="module")
def tree():
    return load()


@pytest.mark.parametrize("name", IN_2018_12)
def test_december_2018_has_the_values_of_the_documents(tree, name):
    assert tree.in_force().value(name, month_of(2018, 12)) == IN_2018_12[name]


@pytest.mark.parametrize(
    ("year", "fen", "layer"), [(2016, 11500, "jiangsu"), (2017, 12500, "jiangsu"), (2018, 13500, "rugao")]
)
def test_the_base_pension_of_a_year_is_that_of_the_nearest_authority_then(tree, year, fen, layer):
    assert show_parameter(tree, BASE, month_of(year, 6))["value"] == fen
    assert show_parameter(tree, BASE, month_of(year, 6))["layer"] == layer


def test_148_is_not_known_before_march_2019(tree):
    february = tree.in_force(known_on=date(2019, 2, 28))
    march = tree.in_force(known_on=date(2019, 3, 1))
    assert february.value(BASE, month_of(2019, 2)) == 13500
    assert march.value(BASE, month_of(2019, 1)) == 14800


def test_the_base_pension_of_2020_is_refused_with_the_sentence_of_the_style_page(tree):
    with pytest.raises(NotChecked) as caught:
        tree.in_force().value(BASE, month_of(2020, 3))
    assert str(caught.value) == (
        "2020-03 的“基础养老金”尚未核对（已核对至 2019-12）。请政策管理员补录文件后重算。本次没有写入任何数据。"
    )


def test_the_window_of_the_over_age_poor_is_two_years_and_a_month(tree):
    spans = tree.in_force().spans("exit/over_age_poor_window", month_of(2018, 1), month_of(2021, 6))
    assert [(span.from_month, span.value) for span in spans] == [
        (month_of(2018, 12), True),
        (month_of(2021, 1), False),
    ]


def test_only_the_bulletin_carries_published_values(tree):
    published = [one for one in tree.parameters.values() if one.status is Status.PUBLISHED]
    rugao = {entry.references[0].source for one in published for entry in one.entries if entry.layer == "rugao"}
    assert rugao == {"bulletin-2018"}
    assert all(entry.layer == "rugao" for one in published for entry in one.entries if entry.status is Status.PUBLISHED)


def test_the_bulletin_is_quoted_word_for_word(tree):
    quotes = [article.text for article in tree.sources["bulletin-2018"].articles.values()]
    assert any("自2019年起，基础养老金调至148元/月，全部由财政负担。" in text for text in quotes)


def test_a_value_is_shown_with_its_passage_unit_status_and_validity(tree):
    shown = show_parameter(tree, BASE, month_of(2019, 2))
    assert (shown["text"], shown["from"], shown["until"]) == ("148.00元", "2019-01", "2019-12")
    assert (shown["unit"], shown["status"], shown["announced"]) == ("currency-CNY", "published", "2019-03-01")
    assert "148元/月" in str(shown["citations"])


def test_a_value_is_shown_as_it_was_known(tree):
    shown = show_parameter(tree, BASE, month_of(2019, 2), known_on=date(2019, 2, 1))
    assert (shown["value"], shown["from"], shown["until"]) == (13500, "2018-01", "2019-12")


def test_the_list_names_every_parameter_once(tree):
    assert [one["name"] for one in list_parameters(tree)] == sorted(tree.parameters)


def test_a_parameter_is_found_by_its_last_word_if_only_one_has_it(tree):
    assert parameter_of(tree, "base_pension").name == BASE


def test_the_folder_of_the_law_can_be_told(monkeypatch, tmp_path):
    (tmp_path / "regions.yaml").write_text("", encoding="utf-8")
    monkeypatch.setenv("YINGBAO_POLICY", str(tmp_path))
    assert policy_root() == tmp_path
