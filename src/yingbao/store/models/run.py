"""A batch: the frozen difference between due and done."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

OPEN_STATES = ("draft", "submitted", "approved")


class Run(models.Model):
    """``kind``: proxy, payroll or disbursement; ``period`` a month integer (proxy: January of the year).

    The database itself refuses a checker who is the maker, a second open run of the same pool, kind and
    period, any change of what names the run (pool, kind, period, maker), and any change of what was
    submitted (content_hash, counts, bases, versions) once it is no longer a draft.
    """

    id = models.BigAutoField(primary_key=True)
    pool = models.IntegerField()
    kind = models.TextField()
    period = models.IntegerField()
    on = models.DateField()
    known_on = models.DateField()
    known_act = models.BigIntegerField()
    snapshot_on = models.DateField(null=True)
    state = models.TextField()
    policy_version = models.TextField()
    code_version = models.TextField()
    region = models.TextField()
    line_count = models.BigIntegerField(default=0)
    total_fen = models.BigIntegerField(default=0)
    content_hash = models.TextField(default="")
    maker_id = models.BigIntegerField()
    checker_id = models.BigIntegerField(null=True)
    holder = models.TextField(default="")
    act_seq = models.BigIntegerField()

    class Meta:
        verbose_name = "批次"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(checker_id__isnull=True) | ~models.Q(checker_id=models.F("maker_id")),
                name="run_checker_is_not_maker",
            ),
            models.UniqueConstraint(
                fields=["pool", "kind", "period"], name="run_open_once", condition=models.Q(state__in=OPEN_STATES)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.id} {self.kind} {self.period} {self.state}"
