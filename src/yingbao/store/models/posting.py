"""A transfer between two accounts: it always balances."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import BigIntegerField, ExpressionWrapper, F, Q


class Posting(models.Model):
    """``amount_fen`` from account ``credit`` to account ``debit`` for one purpose; ``person_id`` 0: of nobody.

    The columns stand widest first, so that PostgreSQL pads nothing. Written in the order of the key.
    """

    append_only: ClassVar[bool] = True

    pk = models.CompositePrimaryKey("entry_id", "person_id", "item", "from_month")
    entry_id = models.BigIntegerField()
    person_id = models.BigIntegerField()
    monthly_fen = models.BigIntegerField()
    amount_fen = models.BigIntegerField()
    from_month = models.IntegerField()
    until_month = models.IntegerField()
    pool = models.IntegerField()
    debit = models.IntegerField()
    credit = models.IntegerField()
    item = models.SmallIntegerField()

    class Meta:
        verbose_name = "记账明细"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="posting_is_positive"),
            models.CheckConstraint(condition=~Q(debit=F("credit")), name="posting_moves_money"),
            models.CheckConstraint(
                condition=Q(
                    amount_fen=ExpressionWrapper(
                        F("monthly_fen") * (F("until_month") - F("from_month")), output_field=BigIntegerField()
                    )
                ),
                name="posting_amount_is_months",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.person_id} {self.debit}<{self.credit}"
