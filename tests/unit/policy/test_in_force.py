"""What holds in a month, as known on a day."""

from datetime import date

import pytest

from yingbao.policy import errors
from yingbao.policy.parameter import DatedValue
from yingbao.policy.tree import load, read_afresh
from yingbao.values.month import FOREVER, month_of

NAME = "pay/amount"
LAST_CHECKED = month_of(2019, 12)


@pytest.fixture
def law(tree):
    return load(tree.root, "here").in_force()


def test_yuan_in_the_file_are_whole_fen_in_the_law(law):
    assert law.value(NAME, month_of(2019, 1)) == 11050


def test_a_value_holds_until_the_next_one(law):
    assert law.value(NAME, month_of(2018, 12)) == 10000


def test_before_the_announcement_the_older_value_still_holds(tree):
    known = load(tree.root, "here").in_force(known_on=date(2019, 2, 28))
    assert known.value(NAME, month_of(2019, 1)) == 10000


def test_on_the_day_of_announcement_the_value_is_known_from_its_first_month(tree):
    known = load(tree.root, "here").in_force(known_on=date(2019, 3, 1))
    assert known.value(NAME, month_of(2019, 1)) == 11050


def test_spans_before_the_announcement_run_on_with_the_older_value(tree):
    known = load(tree.root, "here").in_force(known_on=date(2019, 2, 28))
    assert [span.value for span in known.spans(NAME, month_of(2018, 12), month_of(2019, 3))] == [10000]


def test_spans_are_cut_to_the_months_asked_for(law):
    assert law.spans(NAME, month_of(2018, 11), month_of(2019, 3)) == [
        DatedValue(month_of(2018, 11), month_of(2019, 1), 10000, "notice 一"),
        DatedValue(month_of(2019, 1), month_of(2019, 3), 11050, "notice 一"),
    ]


def test_the_last_checked_month_is_answered(law):
    assert law.value(NAME, LAST_CHECKED) == 11050
    assert law.spans(NAME, LAST_CHECKED, LAST_CHECKED + 1)[0].value == 11050


def test_the_month_after_is_refused_with_the_sentence_for_a_clerk(law):
    with pytest.raises(errors.NotChecked) as caught:
        law.value(NAME, month_of(2020, 3))
    assert str(caught.value) == (
        "2020-03 的“金额”尚未核对（已核对至 2019-12）。请政策管理员补录文件后重算。本次没有写入任何数据。"
    )


@pytest.mark.parametrize("since", [month_of(2019, 1), LAST_CHECKED + 1, month_of(2021, 1)])
def test_spans_that_reach_unchecked_months_are_refused(law, since):
    with pytest.raises(errors.NotChecked):
        law.spans(NAME, since, month_of(2021, 6))


def test_a_day_after_the_last_checked_day_is_refused(law):
    with pytest.raises(errors.NotChecked):
        law.value_on(NAME, date(2020, 1, 1))


def test_in_a_what_if_the_last_value_may_go_on_and_is_named(tree):
    law = load(tree.root, "here").reformed(None, carry=True)
    law.value(NAME, LAST_CHECKED)
    assert law.names_carried() == set()
    assert law.value(NAME, month_of(2030, 1)) == law.value_on(NAME, date(2030, 1, 1)) == 11050
    assert law.spans(NAME, LAST_CHECKED, month_of(2030, 1))[-1].until_month == month_of(2030, 1)
    assert law.names_carried() == {NAME}


def test_months_between_the_checked_law_and_a_later_reform_stay_unchecked(tree):
    law = load(tree.root, "here").reformed(None, {NAME: {"2021-01-01": "130"}}, {NAME: {"2022-01-01": "140"}})
    assert [law.value(NAME, month) for month in (LAST_CHECKED, month_of(2021, 1), month_of(2022, 1))] == [11050, 13000, 14000]
    for ask in (lambda: law.value(NAME, month_of(2020, 12)), lambda: law.value_on(NAME, date(2020, 12, 31)),
                lambda: law.spans(NAME, LAST_CHECKED, month_of(2021, 6))):  # fmt: skip
        with pytest.raises(errors.NotChecked, match="2019-12"):
            ask()
    assert law.value_on(NAME, date(2021, 1, 1)) == 13000


def test_the_dates_of_a_reform_rise(tree):
    with pytest.raises(errors.BadOverride, match="从早到晚"):
        load(tree.root, "here").reformed(None, {NAME: {"2021-01-01": "130", "2020-01-01": "120"}})


def test_before_the_first_value_nothing_is_in_force(law):
    with pytest.raises(errors.NotInForce):
        law.value(NAME, month_of(2017, 12))


def test_spans_leave_out_the_months_before_the_first_value(law):
    assert law.spans(NAME, month_of(2017, 1), month_of(2018, 2))[0].from_month == month_of(2018, 1)


def test_spans_asked_for_whole_refuse_a_hole(law):
    with pytest.raises(errors.NotInForce, match="2017-01"):
        law.spans(NAME, month_of(2017, 1), month_of(2018, 2), whole=True)


def test_an_unknown_name_is_refused(law):
    with pytest.raises(errors.UnknownParameter):
        law.value("pay/ammount", month_of(2018, 1))


def test_a_sunset_ends_a_parameter(tree):
    tree.spoil("{value: 110.50}", "{value: null}")
    law = load(tree.root, "here").in_force()
    assert law.spans(NAME, 0, LAST_CHECKED)[-1].until_month == month_of(2019, 1)
    with pytest.raises(errors.NotInForce):
        law.value(NAME, month_of(2019, 2))


def test_a_value_of_the_middle_of_a_month_governs_the_next_month(tree):
    tree.spoil("2018-01-01", "2018-02-21")
    law = load(tree.root, "here").in_force()
    with pytest.raises(errors.NotInForce):
        law.value(NAME, month_of(2018, 2))
    assert law.value(NAME, month_of(2018, 3)) == 10000
    assert law.value_on(NAME, date(2018, 2, 21)) == 10000


def test_the_names_read_are_remembered(law):
    law.value(NAME, month_of(2018, 1))
    assert law.names_read() == {NAME}


def test_what_rests_on_nothing_is_named(tree):
    tree.spoil("status: published", "status: illustrative")
    law = load(tree.root, "here").in_force()
    assert law.illustrative() == []
    law.value(NAME, month_of(2018, 1))
    assert law.illustrative() == [NAME]


def test_the_nearer_authority_wins_from_its_first_day_and_the_farther_holds_before(tree, amount):
    tree.write("far/pay/amount.yaml", amount.replace("2018-01-01", "2016-01-01").replace("110.50", "70"))
    law = load(tree.root, "here").in_force()
    values = [span.value for span in law.spans(NAME, month_of(2016, 1), month_of(2019, 2))]
    assert values == [10000, 10000, 11050]


def test_a_farther_authority_alone_is_inherited(tree, amount):
    tree.write("far/pay/other.yaml", amount)
    assert load(tree.root, "here").in_force().value("pay/other", month_of(2018, 1)) == 10000


def test_the_version_changes_with_any_byte_of_the_law(tree):
    before = read_afresh(tree.root, "here").version
    tree.spoil("110.50", "110.51")
    assert read_afresh(tree.root, "here").version != before


def test_the_law_is_read_once_a_process(tree):
    assert load(tree.root, "here") is load(tree.root, "here")


def test_an_override_replaces_all_values_without_end_or_announcement(tree):
    law = load(tree.root, "here").in_force(known_on=date(2018, 1, 1), overrides={NAME: {"2018-06-01": "135.00"}})
    assert law.spans(NAME, 0, FOREVER) == [DatedValue(month_of(2018, 6), FOREVER, 13500, "overridden")]


@pytest.mark.parametrize("raw", [135, "135", "135.0"])
def test_an_override_takes_whole_yuan_as_number_or_text(tree, raw):
    law = load(tree.root, "here").in_force(overrides={NAME: {date(2018, 1, 1): raw}})
    assert law.value(NAME, month_of(2030, 1)) == 13500


@pytest.mark.parametrize(
    "dated", [{"2018-01-01": 135.0}, {"2018-01-01": "1.355"}, {"soon": 1}, {}, {"2018-01-01": True}]
)
def test_an_override_that_is_not_clear_is_refused(tree, dated):
    with pytest.raises(errors.BadOverride):
        load(tree.root, "here").in_force(overrides={NAME: dated})


def test_an_override_of_an_unknown_parameter_is_refused(tree):
    with pytest.raises(errors.UnknownParameter):
        load(tree.root, "here").in_force(overrides={"pay/ammount": {"2018-01-01": 1}})


def test_an_overridden_parameter_is_not_called_illustrative(tree):
    tree.spoil("status: published", "status: illustrative")
    law = load(tree.root, "here").in_force(overrides={NAME: {"2018-01-01": 1}})
    assert law.illustrative([NAME]) == []


AGES = "benefit/age_supplement"


def test_a_step_table_is_overridden_as_threshold_and_amount():
    law = load(region="rugao").in_force(overrides={AGES: {"2018-01-01": {"70": "10", "65": "5.50"}, "2019-01-01": None}})
    assert law.value(AGES, month_of(2018, 12)) == ((65, 550), (70, 1000))
    assert law.spans(AGES, month_of(2019, 1), month_of(2020, 1)) == []


@pytest.mark.parametrize("raw", ["5", {"65": "5.001"}, {"sixty": "5"}, {"65": "1", "065": "2"}, {"65": None}])
def test_a_step_table_that_is_not_clear_is_refused(raw):
    with pytest.raises(errors.BadOverride):
        load(region="rugao").in_force(overrides={AGES: {"2018-01-01": raw}})
