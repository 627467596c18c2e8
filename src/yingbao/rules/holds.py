"""When money waits although it is owed (暂停发放): the due does not change, arrears flow by themselves."""

from __future__ import annotations

from datetime import date

import polars as pl

from yingbao.rules import application, certificates
from yingbao.rules.benefits import Opening
from yingbao.rules.law import Law
from yingbao.rules.relations import Facts
from yingbao.values.facts import FactKind

OBEYED = "hold/reasons"

# The facts that only make money wait: no due moves with them.
WAITING = (
    FactKind.BANK_ACCOUNT, FactKind.ACCOUNT_REFUSED, FactKind.SUSPECTED_DEATH, FactKind.HOLD, FactKind.LIFE_CERTIFICATE,
    FactKind.PAYEE_ACCOUNT,
)  # fmt: skip
# All that is read here.
READS = (*WAITING, *(kind for kind in certificates.READS if kind not in WAITING), FactKind.RELATION_ENDED)

# The reasons a payment waits, in the order in which one is shown; the sentence says what ends it.
REASONS = {
    "suspected_death": "疑似死亡，核实后恢复或终止",
    "deceased_no_heir": "本人已去世或关系已转出，登记继承人（接收单位）收款账户后支付",
    "not_applied": "尚未申领，申领后补发",
    "life_certificate_lapsed": "资格认证过期，认证后补发",
    "bank_do_not_resend": "银行拒付（销户、冻结等），查清后再发",
    "no_bank_account": "未登记银行账户，登记后补发",
    "bank_account_refused": "银行退回该账户，登记新账户后补发",
    "other": "其他原因暂停",
}
# There is nowhere to send the money: no switch changes that.
NOWHERE_TO_SEND = ("deceased_no_heir", "bank_do_not_resend", "no_bank_account", "bank_account_refused")


def held_on(facts: Facts, persons: pl.DataFrame, day: date, law: Law, opening: Opening | None = None) -> pl.DataFrame:
    """Who may not be paid on a day, and why: ``person_id, reason`` (the first of REASONS that applies).

    ``persons``: ``certificates.PENSIONS``; without a ``pension_from`` nobody is asked for a life certificate. Only the
    reasons that hold/reasons names are obeyed, and those of the bank always.
    """
    then = pl.lit(day)
    open_then = (pl.col("holds_from") <= then) & (pl.col("holds_until").is_null() | (pl.col("holds_until") >= then))
    told = pl.when(pl.col("value").is_in(list(REASONS))).then(pl.col("value")).otherwise(pl.lit("other"))
    dead = facts.of(FactKind.DEATH).filter(open_then)
    every = pl.concat([
        _because("suspected_death", facts.of(FactKind.SUSPECTED_DEATH).filter(open_then).join(dead, on="person_id", how="anti")),
        _of_the_living(facts.of(FactKind.HOLD).filter(open_then).select("person_id", told.alias("reason")), dead),
        _because("not_applied", application.not_applied(facts, persons, day, law, opening)),
        _because("life_certificate_lapsed", certificates.lapsed(facts, persons, day, law, opening)),
        *_without_account(facts, persons, open_then),
    ]).join(persons, on="person_id", how="semi")  # fmt: skip
    obeyed = (*law.words_among(OBEYED, [one for one in REASONS if one not in NOWHERE_TO_SEND]), *NOWHERE_TO_SEND)
    rank = pl.col("reason").replace_strict({name: place for place, name in enumerate(REASONS)}, return_dtype=pl.Int8)
    held = every.filter(pl.col("reason").is_in(obeyed)).sort("person_id", rank)
    return held.unique("person_id", keep="first", maintain_order=True)


def _of_the_living(told: pl.DataFrame, dead: pl.DataFrame) -> pl.DataFrame:
    """Holds told by the office, but whether somebody lives is no question any more once he is known to be dead."""
    of_life = pl.col("reason").is_in(["suspected_death", "life_certificate_lapsed"])
    return pl.concat([told.filter(~of_life), told.filter(of_life).join(dead, on="person_id", how="anti")])


def _because(reason: str, found: pl.DataFrame) -> pl.DataFrame:
    return found.select("person_id", pl.lit(reason).alias("reason"))


def _without_account(facts: Facts, persons: pl.DataFrame, open_then: pl.Expr) -> tuple[pl.DataFrame, ...]:
    """Who has no account, and whose account the bank refused after it was told: a mended one ends that by itself.

    A payee's account stands before one's own. The own account of the dead, and of those whose relation has moved to
    another office, may not be used; once a pension is in payment the relation does not move, so that theirs may.
    """
    def last(kind: FactKind, name: str) -> pl.DataFrame:
        return facts.of(kind).filter(open_then).group_by("person_id").agg(pl.col("fact_id").max().alias(name))

    in_payment = persons.filter(pl.col("pension_from").is_not_null())
    moved = facts.of(FactKind.RELATION_ENDED, values=("transferred_out",)).join(in_payment, on="person_id", how="anti")
    gone = pl.concat([facts.of(FactKind.DEATH), moved]).filter(open_then).select("person_id").unique()
    payees, own = last(FactKind.PAYEE_ACCOUNT, "account"), last(FactKind.BANK_ACCOUNT, "account")
    usable = pl.concat([payees, own.join(payees, on="person_id", how="anti").join(gone, on="person_id", how="anti")])
    state = persons.select("person_id").join(usable, on="person_id", how="left").join(
        last(FactKind.ACCOUNT_REFUSED, "refusal"), on="person_id", how="left")  # fmt: skip
    none = state.filter(pl.col("account").is_null())
    return (_because("deceased_no_heir", none.join(gone, on="person_id", how="semi")),
            _because("no_bank_account", none.join(gone, on="person_id", how="anti")),
            _because("bank_account_refused", state.filter(pl.col("refusal") > pl.col("account"))))  # fmt: skip
