"""Which keys this database was filled with, so that a wrong key folder is noticed at once."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class KeyFingerprint(models.Model):
    """A hash of a key, from which the key cannot be found. ``name``: ``index`` (the blind index key)."""

    append_only: ClassVar[bool] = True

    name = models.TextField(primary_key=True)
    fingerprint = models.TextField()

    class Meta:
        verbose_name = "密钥指纹"

    def __str__(self) -> str:
        return str(self.name)
