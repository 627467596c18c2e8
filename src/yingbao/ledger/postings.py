"""What happens, as lines in the books. Pure: run lines in, postings out.

Each kind of happening is a pair of accounts; mostly, a negative amount is the same pair the other way round.
A posting has both sides at once: it cannot fail to balance. Correct by adding, never by editing. :func:`post` turns a whole
frame of run lines into postings, by one table.

Frames of run lines have: person_id i64, item i16, from_month i32, until_month i32, monthly_fen i64 (signed).
Frames of postings have the columns of :data:`POSTINGS`; ``amount_fen`` and ``monthly_fen`` are above zero.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from yingbao.ledger import chart
from yingbao.ledger.errors import DoesNotBalance, NotThisWay
from yingbao.values.money import LIMIT_FEN, Fen
from yingbao.values.month import Month
from yingbao.values.purpose import PAID, Bucket, Item

POSTINGS: dict[str, type[pl.DataType]] = {
    "entry_id": pl.Int64,
    "person_id": pl.Int64,
    "item": pl.Int16,
    "from_month": pl.Int32,
    "pool": pl.Int64,
    "until_month": pl.Int32,
    "monthly_fen": pl.Int64,
    "amount_fen": pl.Int64,
    "debit": pl.Int64,
    "credit": pl.Int64,
}

NO_PERSON = 0
NO_ITEM = 0

_EXPENSE = {
    Item.BASE_PENSION: chart.BASE_EXPENSE,
    Item.ACCOUNT_PENSION: chart.ACCOUNT_EXPENSE,
    Item.COUNTY_TOP_UP: chart.TOP_UP_EXPENSE,
    Item.LONG_PAY_SUPPLEMENT: chart.LONG_PAY_EXPENSE,
    Item.AGE_SUPPLEMENT: chart.AGE_EXPENSE,
    Item.FUNERAL_GRANT: chart.FUNERAL_EXPENSE,
    Item.ACCOUNT_REFUND: chart.REFUND_EXPENSE,
    Item.CONTRIBUTION_REFUND: chart.COLLECTED,  # money that was collected and never credited goes back: no expense
    Item.TRANSFER_OUT: chart.TRANSFER_EXPENSE,
}
_CREDIT = {
    Item.OWN_CONTRIBUTION: (chart.COLLECTED, chart.OWN_INCOME),
    Item.MAKEUP_CONTRIBUTION: (chart.COLLECTED, chart.MAKEUP_INCOME),
    Item.COLLECTIVE_AID: (chart.COLLECTED, chart.COLLECTIVE_INCOME),
    **{one.transfer: (chart.COLLECTED, chart.TRANSFER_INCOME[one.key]) for one in Bucket},
    Item.SUBSIDY_PROVINCE: (chart.SUBSIDY_RECEIVABLE["province"], chart.SUBSIDY_INCOME["province"]),
    Item.SUBSIDY_CITY: (chart.SUBSIDY_RECEIVABLE["city"], chart.SUBSIDY_INCOME["city"]),
    Item.SUBSIDY_COUNTY: (chart.SUBSIDY_RECEIVABLE["county"], chart.SUBSIDY_INCOME["county"]),
    Item.INTEREST: (chart.ACCOUNTS_COUNTERPART, chart.OPENING_BUCKET["interest"]),
    **{one.charge: (chart.CHARGED_BUCKET[one.key], chart.ACCOUNTS_COUNTERPART) for one in Bucket},
}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of happening: (debit, credit) by item, for the amounts it ``takes``.

    ``both``: a positive line posts so, a negative one the other way round. ``positive``, ``negative``: only such
    lines are taken, and post so; the other sign is refused, for it would be another happening.
    """

    name: str
    zh: str
    sides: dict[Item, tuple[int, int]]
    takes: str = "both"

    def refuses(self, fen: Fen) -> bool:
        """Whether the sign of the amount belongs to another kind."""
        return (fen < 0 and self.takes == "positive") or (fen > 0 and self.takes == "negative")


def _benefits(name: str, zh: str, debit: int, credit: int, takes: str = "both") -> Kind:
    return Kind(name, zh, dict.fromkeys(PAID, (debit, credit)), takes)


RECOGNISE = Kind("recognise", "确认应发", {i: (e, chart.PAYABLE) for i, e in _EXPENSE.items()})
CONTRIBUTE = Kind("contribute", "代缴入账", {Item.PROXY_CONTRIBUTION: (chart.PROXY_MONEY_HELD, chart.PROXY_INCOME)})
CREDIT_ACCOUNT = Kind("credit_account", "记入个人账户", _CREDIT)
INSTRUCT = _benefits("instruct", "报盘", chart.PAYABLE, chart.IN_TRANSIT)
SETTLE = _benefits("settle", "到账", chart.IN_TRANSIT, chart.PAYOUT_BANK)
BANK_RETURN = _benefits("bank_return", "退票", chart.IN_TRANSIT, chart.PAYABLE)
RECLASS_TO_RECOVER = _benefits("reclass_to_recover", "转入应收追回", chart.RECEIVABLE, chart.PAYABLE, "negative")
SET_OFF = _benefits("set_off", "抵扣", chart.PAYABLE, chart.RECEIVABLE, "positive")
REPAY = _benefits("repay", "追回到账", chart.PAYOUT_BANK, chart.RECEIVABLE, "positive")
WRITE_OFF = _benefits("write_off", "核销", chart.WRITTEN_OFF, chart.RECEIVABLE, "positive")
# What was given up and is to be given up no more: it is owed again after all, or the decision was withdrawn.
CLAIM_RESTORED = _benefits("claim_restored", "核销转回", chart.RECEIVABLE, chart.WRITTEN_OFF, "positive")
WRITE_OFF_WITHDRAWN = _benefits("write_off_withdrawn", "撤销核销", chart.RECEIVABLE, chart.WRITTEN_OFF, "positive")

KINDS = {
    kind.name: kind
    for kind in (
        RECOGNISE, CONTRIBUTE, CREDIT_ACCOUNT, INSTRUCT, SETTLE, BANK_RETURN, RECLASS_TO_RECOVER, SET_OFF, REPAY, WRITE_OFF,
        CLAIM_RESTORED, WRITE_OFF_WITHDRAWN,
    )
}  # fmt: skip

# Money of the office, not of a person: (debit, credit).
FUND_MOVES = {
    "proxy_money_arrived": (chart.SPECIAL_ACCOUNT, chart.PROXY_MONEY_HELD),
    "benefit_money_arrived": (chart.SPECIAL_ACCOUNT, chart.BENEFIT_SUBSIDY_INCOME),
    "draw": (chart.PAYOUT_BANK, chart.SPECIAL_ACCOUNT),
    "contributions_collected": (chart.INCOME_BANK, chart.COLLECTED),
    "contributions_uncollected": (chart.COLLECTED, chart.INCOME_BANK),  # a payment that never was
    "swept": (chart.SPECIAL_ACCOUNT, chart.INCOME_BANK),
    "subsidy_province_arrived": (chart.SPECIAL_ACCOUNT, chart.SUBSIDY_RECEIVABLE["province"]),
    "subsidy_city_arrived": (chart.SPECIAL_ACCOUNT, chart.SUBSIDY_RECEIVABLE["city"]),
    "subsidy_county_arrived": (chart.SPECIAL_ACCOUNT, chart.SUBSIDY_RECEIVABLE["county"]),
    "opening_special_account": (chart.SPECIAL_ACCOUNT, chart.OPENING_COUNTERPART),
    "opening_payout_bank": (chart.PAYOUT_BANK, chart.OPENING_COUNTERPART),
}


def post(kind: Kind, lines: pl.DataFrame, *, entry_id: int, pool: int) -> pl.DataFrame:
    """Run lines as postings of one entry, in the order of their key (person, item, from_month).

    Columns as :data:`POSTINGS`. Raises NotThisWay for an item or a sign the kind does not take, DoesNotBalance
    for a zero, an empty span, a purpose that is there twice, or an amount out of bounds.
    """
    _check(kind, lines)
    turned = (pl.col("monthly_fen") < 0) & pl.lit(kind.takes == "both")
    sides = {int(item): pair for item, pair in kind.sides.items()}
    debit = pl.col("item").replace_strict({i: d for i, (d, _) in sides.items()}, return_dtype=pl.Int64)
    credit = pl.col("item").replace_strict({i: c for i, (_, c) in sides.items()}, return_dtype=pl.Int64)
    postings = lines.select(
        pl.lit(entry_id, pl.Int64).alias("entry_id"),
        pl.col("person_id").cast(pl.Int64),
        pl.col("item").cast(pl.Int16),
        pl.col("from_month").cast(pl.Int32),
        pl.lit(pool, pl.Int64).alias("pool"),
        pl.col("until_month").cast(pl.Int32),
        pl.col("monthly_fen").cast(pl.Int64).abs(),
        amount_expression().abs().alias("amount_fen"),
        pl.when(turned).then(credit).otherwise(debit).alias("debit"),
        pl.when(turned).then(debit).otherwise(credit).alias("credit"),
    )
    ordered = postings.sort("person_id", "item", "from_month")
    key = pl.col("person_id", "item", "from_month")
    if ordered.select(pl.all_horizontal(key == key.shift(1)).any()).item():  # in order, what is there twice is neighbours
        raise DoesNotBalance(why="同一款项在一笔分录中出现两次")
    return ordered


def signed_amount(kind: Kind) -> pl.Expr:
    """The amount of postings of a kind as the run lines they book: negative where the sides changed places."""
    if kind.takes == "negative":
        return -pl.col("amount_fen")
    credit = pl.col("item").cast(pl.Int64).replace_strict(
        {int(item): side for item, (_, side) in kind.sides.items()}, default=None, return_dtype=pl.Int64)  # fmt: skip
    return pl.when(pl.col("credit") == credit).then(pl.col("amount_fen")).otherwise(-pl.col("amount_fen"))


def amount_expression() -> pl.Expr:
    """``monthly_fen`` times the months of the span: the signed amount of a line."""
    months = (pl.col("until_month") - pl.col("from_month")).cast(pl.Int64)
    return pl.col("monthly_fen").cast(pl.Int64) * months


def _check(kind: Kind, lines: pl.DataFrame) -> None:
    taken = {int(item) for item in kind.sides}
    for item in lines["item"].unique().to_list():
        if item not in taken:
            names = {int(one): one.zh for one in Item}
            raise NotThisWay(item=names.get(item, str(item)), kind=kind.zh)
    if any(kind.refuses(sign) for sign in lines["monthly_fen"].drop_nulls().sign().unique().to_list()):
        raise NotThisWay(item="正数" if kind.takes == "negative" else "负数", kind=kind.zh)
    # Bounds before the product: int64 wraps silently in frames.
    wild = lines.filter(
        (pl.col("monthly_fen") == 0)
        | (pl.col("monthly_fen").abs() > LIMIT_FEN)
        | (pl.col("until_month") <= pl.col("from_month"))
        | pl.any_horizontal(pl.col("person_id", "item", "from_month", "until_month", "monthly_fen").is_null())
    )
    if wild.height:
        raise DoesNotBalance(why=f"{wild.height} 行金额为零、为空、过大或没有月份")


def fund_move(name: str, fen: Fen, *, month: Month, entry_id: int, pool: int) -> pl.DataFrame:
    """Money that moves between the office's own accounts, as one posting of no person.

    ``name``: a key of FUND_MOVES. Raises NotThisWay for another, DoesNotBalance unless ``fen`` is above zero.
    """
    if name not in FUND_MOVES:
        raise NotThisWay(item="资金", kind=name)
    debit, credit = FUND_MOVES[name]
    return posting(debit, credit, fen, month=month, entry_id=entry_id, pool=pool)


def posting(
    debit: int, credit: int, fen: Fen, *, month: Month, entry_id: int, pool: int, person_id: int = NO_PERSON
) -> pl.DataFrame:
    """One posting of any two accounts, dated to a month. Raises DoesNotBalance."""
    if fen <= 0 or fen > LIMIT_FEN or debit == credit:
        raise DoesNotBalance(why=f"金额 {fen} 分，借 {debit} 贷 {credit}")
    row = (entry_id, person_id, NO_ITEM, month, pool, month + 1, fen, fen, debit, credit)
    return pl.DataFrame([row], schema=POSTINGS, orient="row")


def open_accounts(balances: pl.DataFrame, *, month: Month, entry_id: int, pool: int) -> pl.DataFrame:
    """The individual accounts as the old register states them, against the counterpart of the opening.

    ``balances``: person_id i64, bucket text (a key of OPENING_BUCKET), amount_fen i64 (zero: no line).
    As one entry may hold a purpose once, the bucket stands in ``item`` as 101 to 107 (the last two digits of its
    account, plus 100). Raises NotThisWay for an unknown bucket, DoesNotBalance for a negative or double balance.
    """
    if odd := sorted(set(balances["bucket"].unique().to_list()) - set(chart.OPENING_BUCKET)):
        raise NotThisWay(item=", ".join(map(str, odd)), kind="期初个人账户")
    if balances.filter(pl.col("amount_fen").is_null() | (pl.col("amount_fen") < 0)).height:
        raise DoesNotBalance(why="期初个人账户为空或为负")
    if balances.select("person_id", "bucket").is_duplicated().any():
        raise DoesNotBalance(why="期初个人账户同一来源出现两次")
    account = pl.col("bucket").replace_strict(chart.OPENING_BUCKET, return_dtype=pl.Int64)
    filled = balances.filter(pl.col("amount_fen") > 0)
    postings = filled.select(
        pl.lit(entry_id, pl.Int64).alias("entry_id"),
        pl.col("person_id").cast(pl.Int64),
        (account % 100 + 100).cast(pl.Int16).alias("item"),
        pl.lit(month, pl.Int32).alias("from_month"),
        pl.lit(pool, pl.Int64).alias("pool"),
        pl.lit(month + 1, pl.Int32).alias("until_month"),
        pl.col("amount_fen").cast(pl.Int64).alias("monthly_fen"),
        pl.col("amount_fen").cast(pl.Int64),
        pl.lit(chart.OPENING_COUNTERPART, pl.Int64).alias("debit"),
        account.alias("credit"),
    )
    return postings.sort("person_id", "item", "from_month")
