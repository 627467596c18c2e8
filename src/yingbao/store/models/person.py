"""A natural person, once per pool."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Person(models.Model):
    """``id_cipher`` is the sealed ID number, ``id_index`` its keyed blind index; ``sex`` male, female or empty.

    Everything that can change is a Fact or a PersonAlias; this row never changes.
    """

    append_only: ClassVar[bool] = True

    id = models.BigAutoField(primary_key=True)
    pool = models.IntegerField()
    name = models.TextField()
    id_cipher = models.TextField()
    id_index = models.TextField()
    sex = models.TextField(default="")
    act_seq = models.BigIntegerField()

    class Meta:
        verbose_name = "人员"
        constraints: ClassVar = [models.UniqueConstraint(fields=["pool", "id_index"], name="person_once_a_pool")]
        indexes: ClassVar = [models.Index(fields=["pool", "name"], name="person_by_name")]

    def __str__(self) -> str:
        return f"{self.name}（{self.id}）"
