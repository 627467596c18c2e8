"""Done, as steps: zero steps vanish, so that eight years of even payments are one row."""

from __future__ import annotations

from django.db import models


class DoneStep(models.Model):
    """``book``: 1 recognised, 2 disbursed (store.books). From ``month`` on, ``monthly_fen`` more (or less)."""

    pk = models.CompositePrimaryKey("generation_id", "book", "person_id", "item", "month")
    generation_id = models.BigIntegerField()
    person_id = models.BigIntegerField()
    monthly_fen = models.BigIntegerField()
    month = models.IntegerField()
    book = models.SmallIntegerField()
    item = models.SmallIntegerField()

    class Meta:
        verbose_name = "已发汇总"

    def __str__(self) -> str:
        return f"{self.generation_id} {self.book} {self.person_id}"
