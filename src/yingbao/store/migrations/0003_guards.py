"""What the database itself refuses, and how it lays out the big tables."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import migrations

from yingbao.store import triggers

APPEND_ONLY = {
    "store_auditevent": "审计记录",
    "store_person": "人员",
    "store_personalias": "人员曾用号码和姓名",
    "store_fact": "事实",
    "store_factchange": "事实变更",
    "store_sourcefile": "来源文件",
    "store_sourcerecord": "来源记录",
    "store_recorddecision": "来源记录处理决定",
    "store_sourceblock": "来源原始单元格",
    "store_matchcase": "待比对事项",
    "store_matchdecision": "比对决定",
    "store_runline": "批次明细",
    "store_journalentry": "记账凭证",
    "store_posting": "记账明细",
    "store_bankbatch": "代发批次",
    "store_bankline": "代发明细",
    "store_bankanswer": "银行回盘",
    "store_openingtotal": "期初控制数",
    "store_keyfingerprint": "密钥指纹",
}
# Written once, in the order of the key: full pages on PostgreSQL, one tree instead of two on SQLite.
IN_KEY_ORDER = ("store_posting", "store_runline", "store_bankline", "store_donestep", "store_sourcerecord")

NAMES_THE_RUN = ("id", "pool", "kind", "period", "maker_id", "act_seq")
SUBMITTED = (
    "on",
    "known_on",
    "known_act",
    "snapshot_on",
    "policy_version",
    "code_version",
    "region",
    "line_count",
    "total_fen",
    "content_hash",
)


def _run_guards(vendor: str) -> list[str]:
    return [
        *triggers.freeze(
            vendor,
            "store_run",
            "run_keeps_its_name",
            columns=NAMES_THE_RUN,
            when="1 = 1",
            text="批次的统筹区、种类、期间和经办人不能修改。请作废后另建批次。",
        ),
        *triggers.freeze(
            vendor,
            "store_run",
            "run_keeps_what_was_submitted",
            columns=SUBMITTED,
            when="OLD.\"state\" <> 'draft'",
            text="批次提交后内容不能修改。请作废后另建批次。",
        ),
        *triggers.freeze(
            vendor,
            "store_run",
            "run_keeps_its_checker",
            columns=("checker_id",),
            when='OLD."checker_id" IS NOT NULL',
            text="批次的复核人不能修改。",
        ),
        *triggers.freeze(
            vendor,
            "store_run",
            "run_does_not_go_back",
            columns=("state",),
            when="NEW.\"state\" = 'draft' OR OLD.\"state\" IN ('settled', 'void')",
            text="批次不能退回草稿，已结清或已作废的批次不能再变。请另建批次。",
        ),
        *triggers.no_delete(vendor, "store_run", "批次不能删除，只能作废。"),
    ]


def guard(apps: Any, schema_editor: Any) -> None:
    """Lay out the big tables, then set every trigger of this release."""
    vendor = schema_editor.connection.vendor
    statements = [] if vendor == "sqlite" else [triggers.POSTGRESQL_FUNCTION]
    for table in IN_KEY_ORDER:
        statements += _without_rowid(schema_editor, table) if vendor == "sqlite" else _full_pages(table)
    for table, zh in APPEND_ONLY.items():
        statements += triggers.append_only(vendor, table, zh)
    statements += _run_guards(vendor)
    for statement in statements:
        schema_editor.execute(statement, params=None)


def _full_pages(table: str) -> list[str]:
    return [f'ALTER INDEX "{table}_pkey" SET (fillfactor = 100)']


def _without_rowid(schema_editor: Any, table: str) -> list[str]:
    """Make the still empty table again as WITHOUT ROWID. A later migration that remakes it must do so again."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = %s", [table])
        (sql,) = cursor.fetchone()
    return [f'DROP TABLE "{table}"', f"{sql} WITHOUT ROWID"]


class Migration(migrations.Migration):
    """Guards of the first release."""

    dependencies: ClassVar = [("store", "0002_money")]
    operations: ClassVar = [migrations.RunPython(guard, migrations.RunPython.noop, elidable=False)]
