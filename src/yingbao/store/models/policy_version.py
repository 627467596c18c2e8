"""The law as it was when a run was drafted, kept so that the run can be derived again."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class PolicyVersion(models.Model):
    """``version`` is the sha256 of policy.tree; ``content`` its data files (path to text) as JSON, deflated, base64."""

    append_only: ClassVar[bool] = True

    version = models.TextField(primary_key=True)
    content = models.TextField()

    class Meta:
        verbose_name = "政策版本"

    def __str__(self) -> str:
        return str(self.version)
