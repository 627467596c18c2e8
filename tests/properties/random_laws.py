"""A law for each group of histories: the shipped one, or one in which every switch was turned.

Every value of a switch comes up once in each row of as many groups as it has values, in an order of its own, so the
switches meet in ever other company; some change at a New Year.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random

BEGINNING, NEW_YEARS = "2010-01-01", ("2019-01-01", "2020-01-01")
YES_OR_NO = (False, True)
SELDOM, MOSTLY = (False, False, False, True), (True, True, True, False)
POOR = ["destitute", "subsistence_urban", "subsistence_rural", "registered_low_income"]
AFTER_2020 = ["fallen_into_poverty", "monitored_unstable", "monitored_marginal", "monitored_hardship"]
ROUNDED = [f"{way}_{unit}" for unit in ("fen", "jiao", "yuan") for way in ("half_up", "floor", "ceil")]
# Yuan by age; tiers and their subsidy.
NO_SUPPLEMENT, SUPPLEMENT = {65: 0}, {65: 5, 80: "10.50"}

SWITCHES: dict[str, Sequence[object]] = {
    "account/interest_method": (
        "month_product_next_month", "month_product_same_month", "actual_days", "annual_factor", "next_year_only",
        "estimate_annuity_due"),
    "account/interest_of_money_taken_back": ("goes_too", "stays"),
    "account/interest_lines": ("separately", "together"),
    "account/interest_in_year_of_award": ("to_month_before_first_payment", "none"),
    "account/interest_while_in_payment": YES_OR_NO,
    "account/late_rate": ("last_published_stands", "redecides"),
    "account/money_after_award": ("month_after", "first_month"),
    "account/opening_balance_bears_from": ("start_of_year", "opening_month", "next_year"),
    "age/reached": ("on_the_day", "day_after"),
    "benefit/age_supplement": (NO_SUPPLEMENT, SUPPLEMENT),
    "benefit/age_supplement_from": ("month_after_birthday", "month_of_birthday"),
    "benefit/age_supplement_leap_day": ("february_28", "march_1"),
    "benefit/application_needed": ([], ["regular"], ["over_age_poor"], ["regular", "over_age_poor"]),
    "benefit/base_pension_if_sixty_at_start": YES_OR_NO,
    "benefit/continues_after_account_exhausted": YES_OR_NO,
    "benefit/county_top_up": (0, "7.30"),
    "benefit/excludes_other_basic_pension": YES_OR_NO,
    "benefit/first_month": ("month_after_qualifying", "same_month"),
    "benefit/funeral_for": ("pensioners", "pensioners_and_payers"),
    "benefit/funeral_rule": ("none", "fixed", "months_of_base"),
    "benefit/long_payment_base": ("base_of_month", "base_of_first_month"),
    "benefit/long_payment_counts_makeup": YES_OR_NO,
    "benefit/long_payment_share": (0, 1),
    "benefit/pension_rounding": ROUNDED,
    "benefit/pension_rounding_applies_to": ("component", "total"),
    "contribution/collective_aid_limit": ("highest_tier", "none"),
    "contribution/closed_days_at_year_end": (0, 16, 120),
    "contribution/late_payment": ("next_year", "refused"),
    "contribution/makeup_gets_subsidy": YES_OR_NO,
    "contribution/makeup_in_payment": ("refused", "allowed"),
    "contribution/protected_categories": ([*POOR, "severe_disability"], ["destitute"], [*POOR, *AFTER_2020]),
    "contribution/same_year_overlap": ("by_months", "year_stands"),
    "contribution/tier_change_rule": ("next_year", "top_up_in_year"),
    "disentitlement/prison_backpay": YES_OR_NO,
    "disentitlement/prison_from": ("month_after_imprisonment", "same_month"),
    "disentitlement/prison_until": ("month_after_release", "same_month"),
    "entry/entry_subsidy_for_proxied": YES_OR_NO,
    "entry/excludes_flagged_out_of_poverty": YES_OR_NO,
    "entry/excludes_students": YES_OR_NO,
    "entry/ineligible_after_snapshot": ("year_stands", "by_months"),
    "entry/own_payment_rule": ("proxy_before_own", "own_stands"),
    "entry/proxy_categories": (POOR, [*POOR, "severe_disability"], [*POOR[:3], "severe_disability", *AFTER_2020]),
    "entry/category_precedence": ([*POOR, "severe_disability"], ["registered_low_income", "subsistence_rural"]),
    "entry/proxy_amount_by_category": (None, {"severe_disability": 200, "fallen_into_poverty": 50}),
    "entry/proxy_share": (10_000, 7_000),
    "entry/proxy_share_by_category": (None, {"subsistence_rural": 7_000, "registered_low_income": 3_333}),
    "entry/proxy_snapshot_rule": ("roster_at_batch_date", "previous_year_roster"),
    "exit/account_pension_too": ("balance_over_divisor", "after_makeup"),
    "exit/excludes_flagged_out_of_poverty": YES_OR_NO,
    "exit/first_month": ("month_after_qualifying_day", "same_month", "qualifying_day_in_window"),
    "exit/for_life": YES_OR_NO,
    "exit/poor_categories": (POOR, [*POOR, "severe_disability"], ["destitute", "registered_low_income"]),
    "exit/requires_never_joined": SELDOM,
    "exit/requires_sixty_after_scheme_start": SELDOM,
    "hold/certified_at_first_pension": YES_OR_NO,
    "hold/certified_at_opening": YES_OR_NO,
    "hold/reasons": (["suspected_death", "not_applied", "life_certificate_lapsed", "other"], ["life_certificate_lapsed"]),
    "recovery/set_off_order": (
        ["account_balance", "funeral_grant", "repayment_plan", "employee_pension"], ["repayment_plan", "funeral_grant", "account_balance"],
        ["employee_pension", "funeral_grant", "repayment_plan"]),
    "refund/after_return": ("paid_back", "stands"),
    "refund/subsidies_kept_back": ("what_is_left", "what_was_paid_in"),
    "refund/subsidies_inheritable": MOSTLY,
    "refund/subsidies_of_joined_employee": ("kept_back", "paid_out"),
    "transfer/moving_in_month_of_sixty": ("account_moves", "stays"),
    "waiver/allowed": MOSTLY,
    "waiver/arrears_on_withdrawal": YES_OR_NO,
    "waiver/posted_proxy_stands": YES_OR_NO,
    "waiver/takes_effect": ("month_after_signature", "at_once"),
    "waiver/withdrawal_takes_effect": ("month_after_withdrawal", "at_once"),
}  # fmt: skip
# What rests on when, or that, something was booked: only where the bookings are given can two offices agree about it.
# What the county wrongly paid is reversed by months; a year counts when it is credited.
OF_BOOKINGS: dict[str, Sequence[object]] = {
    "contribution/year_counts_from": ("collected_on", "credited_on"),
    "entry/not_eligible_on_snapshot": ("whole_year_reversed", "by_months"),
}
# Amounts beside the switches: without them a grant is nothing and one level bears every subsidy.
AMOUNTS: dict[str, object] = {
    "benefit/funeral_grant": 1000, "benefit/funeral_months": 12, "contribution/subsidy_share_province": 3000,
    "contribution/subsidy_share_city": 3333, "contribution/subsidy_share_county": 3667,
}  # fmt: skip
# A balance of the opening bears interest by one rule.
ONE_VALUE = ("account/opening_balance_bears_from",)
Overrides = dict[str, Mapping[object, object]]


def chosen(name: str, values: Sequence[object], place: int) -> object:
    """The value of a switch in a group, by its place."""
    row, turn = divmod(place - 1, len(values))
    return Random(f"{name}/{row}").sample(list(values), len(values))[turn]


def overrides_of(place: int, *, booked_days: bool) -> Overrides:
    """What the law of a group says otherwise than the shipped one: nothing in the first group."""
    if place == 0:
        return {}
    drawn: Overrides = {}
    for name, values in {**SWITCHES, **(OF_BOOKINGS if booked_days else {})}.items():
        rng = Random(f"{name}/{place}")
        dated: dict[object, object] = {BEGINNING: chosen(name, values, place)}
        if name not in ONE_VALUE and rng.random() < 0.1:
            dated[rng.choice(NEW_YEARS)] = rng.choice(list(values))
        drawn[name] = dated
    return {**drawn, **{name: {BEGINNING: value} for name, value in AMOUNTS.items()}}
