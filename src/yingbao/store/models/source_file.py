"""A file that a bureau sent and the office loaded."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class SourceFile(models.Model):
    """``data_month`` is the month the file speaks of; ``counts`` and ``control_totals`` are JSON objects.

    ``counts`` holds at least ``{"sheets", "rows", "records"}`` and one number per disposition; of a roster also
    ``profile``, how its headings were read. The same bytes are another file when they speak of another month.
    """

    append_only: ClassVar[bool] = True

    id = models.BigAutoField(primary_key=True)
    pool = models.IntegerField()
    bureau = models.TextField()
    kind = models.TextField()
    data_month = models.IntegerField()
    sha256 = models.TextField()
    name = models.TextField()
    told_at = models.DateField()
    counts = models.JSONField(default=dict)
    control_totals = models.JSONField(default=dict)
    act_seq = models.BigIntegerField()

    class Meta:
        verbose_name = "来源文件"
        constraints: ClassVar = [models.UniqueConstraint(fields=["pool", "sha256", "kind", "data_month"], name="file_once_a_month")]

    def __str__(self) -> str:
        return str(self.name)
