"""One row of any table, for tests that ask what a table refuses or keeps."""

from __future__ import annotations

from datetime import date

# What some tables check of their rows; any value does for the rest.
_SPECIAL = {
    "Posting": {"from_month": 1, "until_month": 2, "debit": 1, "credit": 2},
    "FactChange": {"change": "ended"},
    "SourceRecord": {"disposition": "stored"},
    "RecordDecision": {"disposition": "stored"},
    "MatchDecision": {"decision": "accept"},
    "KeyFingerprint": {"name": "another"},
    "ClosedYear": {"checker_id": 2},
}


def a_row(model):
    """One row with something in every column that needs it."""
    values = {}
    for field in model._meta.concrete_fields:
        kind = field.get_internal_type()
        if not field.column or kind == "BigAutoField" or field.has_default() or field.null:
            continue
        values[field.name] = {"TextField": "settled", "DateField": date(2018, 12, 1), "JSONField": []}.get(kind, 1)
    return model.objects.create(**{**values, **_SPECIAL.get(model.__name__, {})})
