"""What the office was told about a person."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Fact(models.Model):
    """``kind`` is a values.facts.FactKind; ``value``/``number`` mean what is said there.

    Holds from ``holds_from`` to ``holds_until``, both included (null: still). ``secret`` is a sealed
    account number, ``secret_index`` its blind index. ``told_at`` is the business date of telling.
    ``reference`` is the other side's own number of what is told (``bank:20180315000123``): told once a pool and kind.
    """

    append_only: ClassVar[bool] = True

    id = models.BigAutoField(primary_key=True)
    pool = models.IntegerField()
    person_id = models.BigIntegerField()
    kind = models.SmallIntegerField()
    value = models.TextField(null=True)
    number = models.BigIntegerField(null=True)
    secret = models.TextField(null=True)
    secret_index = models.TextField(null=True)
    holds_from = models.DateField()
    holds_until = models.DateField(null=True)
    told_at = models.DateField()
    act_seq = models.BigIntegerField()
    source_file_id = models.BigIntegerField(null=True)
    source_row = models.IntegerField(null=True)
    reference = models.TextField(null=True)

    class Meta:
        verbose_name = "事实"
        indexes: ClassVar = [
            models.Index(fields=["person_id"], name="fact_by_person"),
            models.Index(
                fields=["pool", "secret_index"], name="fact_by_secret", condition=models.Q(secret_index__isnull=False)
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["pool", "kind", "reference"], name="fact_once_a_reference", condition=models.Q(reference__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.id} {self.person_id} {self.kind}"
