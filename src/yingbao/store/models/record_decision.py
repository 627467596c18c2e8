"""What an officer decided about a record after it was read."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class RecordDecision(models.Model):
    """The newest decision of a record is its disposition; without one, SourceRecord's own holds."""

    append_only: ClassVar[bool] = True

    id = models.BigAutoField(primary_key=True)
    pool = models.IntegerField()
    source_file_id = models.BigIntegerField()
    number = models.IntegerField()
    disposition = models.TextField()
    reasons = models.TextField(default="")
    person_id = models.BigIntegerField(null=True)
    officer_id = models.BigIntegerField()
    told_at = models.DateField()
    act_seq = models.BigIntegerField()

    class Meta:
        verbose_name = "来源记录处理决定"
        indexes: ClassVar = [models.Index(fields=["source_file_id", "number"], name="decision_by_record")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(disposition__in=["stored", "quarantined", "ignored", "waiting"]),
                name="decision_disposition_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_file_id}:{self.number} {self.disposition}"
