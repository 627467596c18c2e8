"""Finding people by name: who a row could be, and who an office asks for."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """An index on the name within a pool."""

    dependencies: ClassVar = [("store", "0005_file_of_a_month")]
    operations: ClassVar = [
        migrations.AddIndex(model_name="person", index=models.Index(fields=["pool", "name"], name="person_by_name")),
    ]
