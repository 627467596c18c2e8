"""A record read from a file: stored, quarantined, ignored or waiting, never lost."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class SourceRecord(models.Model):
    """``number`` counts the file's records from 1; ``part`` is the member's place in a household row.

    ``disposition`` is how it was read; a later decision is a RecordDecision. ``reasons`` are codes
    joined by commas. The raw cells are in SourceBlock.
    """

    append_only: ClassVar[bool] = True

    pk = models.CompositePrimaryKey("source_file_id", "number")
    source_file_id = models.BigIntegerField()
    number = models.IntegerField()
    pool = models.IntegerField()
    sheet = models.TextField()
    row = models.IntegerField()
    part = models.SmallIntegerField(default=0)
    disposition = models.TextField()
    reasons = models.TextField(default="")
    person_id = models.BigIntegerField(null=True)
    id_index = models.TextField(null=True)
    name = models.TextField(null=True)
    village = models.TextField(null=True)

    class Meta:
        verbose_name = "来源记录"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(disposition__in=["stored", "quarantined", "ignored", "waiting"]),
                name="record_disposition_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_file_id}:{self.number} {self.disposition}"
