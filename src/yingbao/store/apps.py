"""The one Django application that holds models."""

from __future__ import annotations

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """Models, migrations and their triggers."""

    name = "yingbao.store"
    label = "store"
    verbose_name = "应保数据"
