"""The people of the office."""

from __future__ import annotations

from django.db import models


class Officer(models.Model):
    """Somebody who acts. ``pool`` null: of all pools. ``roles``: maker, checker, finance, auditor, admin."""

    id = models.BigAutoField(primary_key=True)
    login = models.TextField(unique=True)
    name = models.TextField()
    pool = models.IntegerField(null=True)
    roles = models.JSONField(default=list)
    active = models.BooleanField(default=True)

    class Meta:
        verbose_name = "经办人员"

    def __str__(self) -> str:
        return str(self.name)
