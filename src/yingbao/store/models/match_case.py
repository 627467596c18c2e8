"""A record that may be somebody already known: a question for a person."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class MatchCase(models.Model):
    """``candidates``: ``[{"person_id", "score", "level", "why"}]``; answered by MatchDecision."""

    append_only: ClassVar[bool] = True

    id = models.BigAutoField(primary_key=True)
    pool = models.IntegerField()
    source_file_id = models.BigIntegerField()
    number = models.IntegerField()
    level = models.TextField()
    candidates = models.JSONField(default=list)
    act_seq = models.BigIntegerField()

    class Meta:
        verbose_name = "待比对事项"
        constraints: ClassVar = [models.UniqueConstraint(fields=["source_file_id", "number"], name="case_once_a_record")]

    def __str__(self) -> str:
        return f"{self.source_file_id}:{self.number}"
