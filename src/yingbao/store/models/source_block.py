"""The raw cells of a file, kept for ever: compressed, then sealed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class SourceBlock(models.Model):
    """Records ``first_number`` to ``last_number`` (both included) as ``secrets.seal_block`` made them."""

    append_only: ClassVar[bool] = True

    pk = models.CompositePrimaryKey("source_file_id", "first_number")
    source_file_id = models.BigIntegerField()
    first_number = models.IntegerField()
    last_number = models.IntegerField()
    cipher = models.TextField()

    class Meta:
        verbose_name = "来源原始单元格"

    def __str__(self) -> str:
        return f"{self.source_file_id}:{self.first_number}-{self.last_number}"
