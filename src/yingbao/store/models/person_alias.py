"""Other numbers and names of a person."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class PersonAlias(models.Model):
    """``kind``: ``id_15`` an old 15-digit number, ``id_replaced`` a replaced one, ``former_name``; sealed like the ID."""

    append_only: ClassVar[bool] = True

    id = models.BigAutoField(primary_key=True)
    pool = models.IntegerField()
    person_id = models.BigIntegerField()
    kind = models.TextField()
    cipher = models.TextField()
    index = models.TextField()
    told_at = models.DateField()
    act_seq = models.BigIntegerField()

    class Meta:
        verbose_name = "人员曾用号码和姓名"
        indexes: ClassVar = [models.Index(fields=["pool", "index"], name="alias_by_index")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind}"
