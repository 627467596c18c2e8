"""Each slip of the pen in a file of the law is refused by its own error, naming file and key."""

import pytest

from yingbao.policy import errors
from yingbao.policy.tree import load

FILE = "near/pay/amount.yaml"
SLIPS = {
    "an unknown top-level key": ("description:", "label: x\ndescription:", errors.UnknownKey, "label"),
    "an unknown metadata key": ("  period: month", "  perod: month", errors.UnknownKey, "metadata/perod"),
    "an unknown key beside value": ("{value: 100}", "{value: 100, note: x}", errors.UnknownKey, "note"),
    "no description": ("description: 金额 (amount), yuan a month\n", "", errors.MissingLabel, "description"),
    "no Chinese label": ("金额 (amount)", "amount", errors.MissingLabel, "description"),
    "no unit": ("  unit: currency-CNY\n", "", errors.MissingKey, "metadata/unit"),
    "an unknown unit": ("currency-CNY", "yuan", errors.BadValue, "metadata/unit"),
    "no status": ("  status: published\n", "", errors.MissingKey, "metadata/status"),
    "an unknown status": ("published", "certain", errors.BadValue, "metadata/status"),
    "an unknown period": ("period: month", "period: moon", errors.BadValue, "metadata/period"),
    "no end of validity": ("  last_value_still_valid_on: 2019-12-31\n", "", errors.MissingKey, "still_valid"),
    "validity before the last value": ("2019-12-31", "2018-12-31", errors.BadValue, "last_value_still_valid"),
    "a value without a reference": (
        "    2019-01-01: [{title: 一, href: notice}]\n", "", errors.NoSource, "reference/2019-01-01"),
    "a reference without a value": (
        "  announced", "    2020-01-01: [{title: 一, href: notice}]\n  announced", errors.BadValue, "2020-01-01"),
    "an empty reference": ("2018-01-01: [{title: 一, href: notice}]", "2018-01-01: []", errors.NoSource, "2018-01-01"),
    "an unknown source": ("href: notice", "href: rumour", errors.UnknownSource, "reference/2018-01-01"),
    "an article not quoted": ("title: 一", "title: 九", errors.ArticleNotQuoted, "reference/2018-01-01"),
    "published on a paraphrase": ("title: 一", "title: 二", errors.StatusNotHonest, "reference/2018-01-01"),
    "falling dates": ("  2018-01-01: {value", "  2019-06-01: {value", errors.FallingDates, "values"),
    "one day twice": ("  2019-01-01: {value", "  2018-01-01: {value", errors.Overlap, "2018-01-01"),
    "a part of a fen": ("110.50", "110.505", errors.BadValue, "values/2019-01-01"),
    "a value with a unit": ("110.50", "110.50元", errors.BadValue, "values/2019-01-01"),
    "an empty value": ("{value: 100}", "{}", errors.BadValue, "values/2018-01-01"),
    "a date that does not exist": ("  2019-01-01: {value", "  2019-02-30: {value", errors.BadValue, "2019-02-30"),
    "an announcement of no value": ("announced: {2019-01-01", "announced: {2019-02-01", errors.BadValue, "announced"),
    "broken YAML": ("values:", "values: [", errors.BadYaml, "行"),
}  # fmt: skip


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_of_the_pen_is_refused_by_its_own_error(tree, slip):
    old, new, error, key = SLIPS[slip]
    tree.spoil(old, new)
    with pytest.raises(error) as caught:
        load(tree.root, "here")
    assert type(caught.value) is error
    assert caught.value.details["file"] == FILE
    assert key in str(caught.value.details["key"])
    assert caught.value.exit_code == 2


@pytest.mark.parametrize("slip", SLIPS)
def test_the_error_can_be_read_in_both_languages(tree, slip):
    old, new, error, _ = SLIPS[slip]
    tree.spoil(old, new)
    with pytest.raises(error) as caught:
        load(tree.root, "here")
    assert FILE in caught.value.text("zh")
    assert FILE in caught.value.text("en")
    assert "Nothing was written" in caught.value.text("en")


def test_a_choice_of_ours_cannot_be_called_secondary(tree):
    tree.spoil("published", "secondary")
    tree.spoil("title: 一", "title: 三")
    with pytest.raises(errors.StatusNotHonest):
        load(tree.root, "here")


def test_a_parameter_cannot_be_a_file_and_a_folder_at_once(tree, amount):
    tree.write("near/pay/amount/more.yaml", amount)
    with pytest.raises(errors.Overlap):
        load(tree.root, "here")


def test_a_file_with_the_other_ending_is_not_passed_over_in_silence(tree, amount):
    tree.write("near/pay/other.yml", amount)
    with pytest.raises(errors.UnknownKey):
        load(tree.root, "here")


def test_layers_must_agree_on_the_unit(tree, amount):
    tree.write("far/pay/amount.yaml", amount.replace("currency-CNY", "year").replace("110.50", "110"))
    with pytest.raises(errors.Overlap):
        load(tree.root, "here")


def test_an_unknown_region_is_refused_with_the_known_ones(tree):
    with pytest.raises(errors.UnknownRegion, match="here"):
        load(tree.root, "elsewhere")


def test_a_region_needs_its_pool_code(tree):
    tree.spoil('  pool: "320999"\n', "", "regions.yaml")
    with pytest.raises(errors.MissingKey):
        load(tree.root, "here")


def test_a_region_refuses_unknown_keys(tree):
    tree.spoil("  name_en", "  english", "regions.yaml")
    with pytest.raises(errors.UnknownKey):
        load(tree.root, "here")


def test_a_layer_without_a_folder_is_refused(tree):
    tree.spoil("[far, near]", "[far, middle, near]", "regions.yaml")
    with pytest.raises(errors.PolicyNotFound):
        load(tree.root, "here")


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        ("number_unknown_because: 测试\n", "", errors.MissingKey),
        ("verified: 测试\n", "", errors.MissingKey),
        ("title: 通知", "titel: 通知", errors.UnknownKey),
        ("{quote: 每月100元}", "{said: 每月100元}", errors.UnknownKey),
        ("{quote: 每月100元}", '{quote: " "}', errors.MissingKey),
        ("issued_on: 2018-01-01", "issued_on: 2018年", errors.BadValue),
    ],
)
def test_a_source_is_checked_as_strictly(tree, old, new, error):
    tree.spoil(old, new, "sources/notice.yaml")
    with pytest.raises(error) as caught:
        load(tree.root, "here")
    assert caught.value.details["file"] == "sources/notice.yaml"
