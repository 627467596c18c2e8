"""An officer's answer to a match case."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class MatchDecision(models.Model):
    """``accept`` (the record is ``person_id``), ``reject`` (a new person) or ``undo`` (the question is open again)."""

    append_only: ClassVar[bool] = True

    id = models.BigAutoField(primary_key=True)
    pool = models.IntegerField()
    case_id = models.BigIntegerField()
    decision = models.TextField()
    person_id = models.BigIntegerField(null=True)
    officer_id = models.BigIntegerField()
    told_at = models.DateField()
    act_seq = models.BigIntegerField()

    class Meta:
        verbose_name = "比对决定"
        indexes: ClassVar = [models.Index(fields=["case_id"], name="decision_by_case")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(decision__in=["accept", "reject", "undo"]), name="match_decision_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.decision}"
