"""The pooling area (统筹区): whose money it is."""

from __future__ import annotations

from django.db import models


class Pool(models.Model):
    """A county's fund. ``code`` is the six-digit area code (320682)."""

    code = models.IntegerField(primary_key=True)
    name = models.TextField()

    class Meta:
        verbose_name = "统筹区"

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
