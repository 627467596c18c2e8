"""How a model's columns look in a frame: the types that bulk reading and writing agree on."""

from __future__ import annotations

from typing import Any

import polars as pl
from django.db import models

from yingbao.store.errors import FrameDoesNotFit

_TYPES: dict[str, pl.DataType] = {
    "BigAutoField": pl.Int64(),
    "BigIntegerField": pl.Int64(),
    "IntegerField": pl.Int32(),
    "SmallIntegerField": pl.Int16(),
    "BooleanField": pl.Boolean(),
    "TextField": pl.String(),
    "JSONField": pl.String(),  # the JSON as text
    "DateField": pl.Date(),
}

Model = type[models.Model]


def field_type(field: Any) -> pl.DataType:
    """The frame type of a Django field (or of an annotation's output field)."""
    return _TYPES[field.get_internal_type()]


def schema(model: Model) -> dict[str, pl.DataType]:
    """Column name → frame type, in the order of the table."""
    return {field.column: field_type(field) for field in model._meta.concrete_fields if field.column}  # noqa: SLF001


def table(model: Model) -> str:
    """The table's name in the database."""
    return str(model._meta.db_table)  # noqa: SLF001


def fit(model: Model, frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with the model's columns, in its order and types.

    A nullable column that is left out is written as null, one with a plain default as its default, and
    a generated ``id`` is left to the database. Raises FrameDoesNotFit for any other missing column, for
    an unknown one, and for a null where none may be.
    """
    columns: list[pl.Expr] = []
    missing: list[str] = []
    for field in model._meta.concrete_fields:  # noqa: SLF001
        name = field.column
        if not name:  # the composite key is not a column
            continue
        if name in frame.columns:
            columns.append(pl.col(name).cast(field_type(field)))
            if not field.null and frame[name].null_count():
                missing.append(f"{name}（空值）")
        elif field.get_internal_type() == "BigAutoField":
            continue
        elif field.has_default() and not callable(field.default):
            columns.append(pl.lit(field.default, field_type(field)).alias(name))
        elif field.null:
            columns.append(pl.lit(None, field_type(field)).alias(name))
        else:
            missing.append(name)
    unknown = sorted(set(frame.columns) - set(schema(model)))
    if missing or unknown:
        raise FrameDoesNotFit(
            table=table(model), missing="、".join(missing) or "无", unknown="、".join(unknown) or "无"
        )
    return frame.select(columns)
