"""One line of a run: a gap of one purpose."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class RunLine(models.Model):
    """``line_class``: 1 pay, 2 recover, 3 held, 4 set off, 5 written off, 6 restored.

    ``amount_fen`` and ``monthly_fen`` carry the gap's sign.
    """

    append_only: ClassVar[bool] = True

    pk = models.CompositePrimaryKey("run_id", "line")
    run_id = models.BigIntegerField()
    person_id = models.BigIntegerField()
    monthly_fen = models.BigIntegerField()
    amount_fen = models.BigIntegerField()
    line = models.IntegerField()
    pool = models.IntegerField()
    from_month = models.IntegerField()
    until_month = models.IntegerField()
    bank_line = models.IntegerField(null=True)
    item = models.SmallIntegerField()
    line_class = models.SmallIntegerField()
    arrears_type = models.SmallIntegerField(default=0)

    class Meta:
        verbose_name = "批次明细"

    def __str__(self) -> str:
        return f"{self.run_id}:{self.line}"
