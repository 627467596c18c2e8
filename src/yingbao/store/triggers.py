"""Triggers in both dialects. Migrations call these; what they refuse, they refuse in Chinese.

Once released, a function here is history: change a trigger by a new migration with a new function.
"""

from __future__ import annotations

from collections.abc import Sequence

# One function serves all tables on PostgreSQL. 23001 is restrict_violation: Django's IntegrityError, as on SQLite.
POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION yingbao_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = '23001';
END $$
"""


def refusal(zh: str) -> str:
    """The sentence that an append-only table answers with."""
    return f"“{zh}”只能追加，不能修改、删除或清空。要更正请另记一笔。"


def append_only(vendor: str, table: str, zh: str) -> list[str]:
    """Statements that guard ``table`` (called ``zh``) against UPDATE, DELETE and TRUNCATE."""
    text = refusal(zh)
    if vendor == "sqlite":
        refuse = f"BEGIN SELECT RAISE(ABORT, '{text}'); END"
        verbs = ("UPDATE", "DELETE")
        return [f'CREATE TRIGGER "{table}_no_{v.lower()}" BEFORE {v} ON "{table}" {refuse}' for v in verbs]
    # For each statement, not row: it also refuses what would touch no row, and costs an insert nothing.
    events = f'BEFORE UPDATE OR DELETE OR TRUNCATE ON "{table}" FOR EACH STATEMENT'
    return [f"CREATE TRIGGER \"{table}_append_only\" {events} EXECUTE FUNCTION yingbao_refuse_change('{text}')"]


def freeze(vendor: str, table: str, name: str, *, columns: Sequence[str], when: str, text: str) -> list[str]:
    """Statements that refuse a change of ``columns`` of ``table`` where ``when`` (may say OLD and NEW) holds."""
    differs = "IS NOT" if vendor == "sqlite" else "IS DISTINCT FROM"
    changed = " OR ".join(f'NEW."{column}" {differs} OLD."{column}"' for column in columns)
    head = f'CREATE TRIGGER "{name}" BEFORE UPDATE ON "{table}" FOR EACH ROW WHEN (({when}) AND ({changed}))'
    if vendor == "sqlite":
        return [f"{head} BEGIN SELECT RAISE(ABORT, '{text}'); END"]
    return [f"{head} EXECUTE FUNCTION yingbao_refuse_change('{text}')"]


def no_delete(vendor: str, table: str, text: str) -> list[str]:
    """Statements that refuse DELETE (and TRUNCATE) on a table whose rows may change state but not vanish."""
    name = f'CREATE TRIGGER "{table}_no_delete"'
    if vendor == "sqlite":
        return [f"{name} BEFORE DELETE ON \"{table}\" BEGIN SELECT RAISE(ABORT, '{text}'); END"]
    events = f'BEFORE DELETE OR TRUNCATE ON "{table}" FOR EACH STATEMENT'
    return [f"{name} {events} EXECUTE FUNCTION yingbao_refuse_change('{text}')"]


CLOSED = "该年度（或以后的年度）已经关闭，不能再记入。以前年度的差额请记在未关闭的年度。"
CLOSED_FUNCTION = f"""
CREATE OR REPLACE FUNCTION yingbao_refuse_closed_year() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM store_closedyear WHERE pool = NEW.pool AND year >= EXTRACT(YEAR FROM NEW."on")) THEN
        RAISE EXCEPTION '{CLOSED}' USING ERRCODE = '23001';
    END IF;
    RETURN NEW;
END $$
"""  # noqa: S608 - our own words


def year_is_open(vendor: str, tables: Sequence[str]) -> list[str]:
    """Statements that refuse a row whose ``on`` lies in, or before, a closed year of its pool."""
    head = 'CREATE TRIGGER "{0}_year_is_open" BEFORE INSERT ON "{0}"'
    if vendor == "sqlite":
        year = 'CAST(substr(NEW."on", 1, 4) AS INTEGER)'
        closed = f'EXISTS (SELECT 1 FROM "store_closedyear" WHERE "pool" = NEW."pool" AND "year" >= {year})'  # noqa: S608
        refuse = f"BEGIN SELECT RAISE(ABORT, '{CLOSED}'); END"
        return [f"{head.format(table)} WHEN {closed} {refuse}" for table in tables]
    act = "FOR EACH ROW EXECUTE FUNCTION yingbao_refuse_closed_year()"
    return [CLOSED_FUNCTION, *(f"{head.format(table)} {act}" for table in tables)]
