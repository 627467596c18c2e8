"""The facts of one person as a clerk can follow them: what, since when, told when, from which file and row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from yingbao.reports import words
from yingbao.rules import endings
from yingbao.rules.certificates import WAY_ZH
from yingbao.rules.relations import Facts
from yingbao.store.models import Fact, SourceFile, SourceRecord
from yingbao.values.facts import CATEGORY_BY_KEY, FactKind
from yingbao.values.money import yuan
from yingbao.values.purpose import BUCKET_BY_KEY, ITEM_BY_KEY, Bucket

KIND_ZH = {
    FactKind.BIRTH: "出生日期", FactKind.HOUSEHOLD_REGISTRATION: "户籍", FactKind.CATEGORY: "人员类别",
    FactKind.POVERTY_EXIT_FLAG: "标注脱贫", FactKind.ENROLMENT: "参保登记", FactKind.PAID_YEARS: "缴费年限",
    FactKind.PENSION_IN_PAYMENT: "期初在领养老金", FactKind.BANK_ACCOUNT: "银行账户", FactKind.ACCOUNT_REFUSED: "银行退回账户",
    FactKind.OTHER_PENSION: "其他养老待遇", FactKind.OTHER_SCHEME: "参加其他养老保险", FactKind.STUDENT: "在校学生",
    FactKind.SOLDIER: "现役军人", FactKind.PRISONER: "服刑", FactKind.ABROAD: "出国（境）定居",
    FactKind.MOVED_OUT: "户籍迁出", FactKind.DEATH: "死亡", FactKind.SUSPECTED_DEATH: "疑似死亡",
    FactKind.HOLD: "暂停发放", FactKind.WAIVER: "放弃意向书", FactKind.OWN_PAYMENT: "本人缴费",
    FactKind.OTHER_COUNTY: "外地参保", FactKind.MAKEUP_PAYMENT: "本人补缴", FactKind.COLLECTIVE_AID: "集体补助",
    FactKind.LIFE_CERTIFICATE: "资格认证", FactKind.PAYEE_ACCOUNT: "收款账户（继承人或接收单位）",
    FactKind.RELATION_ENDED: "居保关系终止", FactKind.TRANSFER_IN: "转入资金", FactKind.YEARS_TRANSFERRED: "转入年限",
    FactKind.APPLICATION: "待遇申请", FactKind.RECOVERY_NOTICE: "追回通知", FactKind.RECOVERY_PLAN: "还款协议",
    FactKind.WRITE_OFF: "核销决定",
}  # fmt: skip
_POOR = (FactKind.CATEGORY, FactKind.POVERTY_EXIT_FLAG)
# Which facts answer a criterion, by its id.
USED_BY: dict[str, tuple[FactKind, ...]] = {
    "in_assisted_category": _POOR, "in_proxy_category": _POOR, "reached_pension_age": (FactKind.BIRTH,),
    "reached_contribution_age": (FactKind.BIRTH,), "within_contribution_age": (FactKind.BIRTH,),
    "paid_long_enough": (FactKind.PAID_YEARS, FactKind.YEARS_TRANSFERRED, FactKind.OWN_PAYMENT, FactKind.MAKEUP_PAYMENT,
                         FactKind.BIRTH), "enrolled": (FactKind.ENROLMENT,),
    "alive": (FactKind.DEATH,), "alive_on_day": (FactKind.DEATH,), "not_imprisoned": (FactKind.PRISONER,),
    "free_on_day": (FactKind.PRISONER,), "not_settled_abroad": (FactKind.ABROAD,),
    "no_other_basic_pension": (FactKind.OTHER_PENSION,), "not_insured_elsewhere": (FactKind.OTHER_COUNTY,),
    "registered_here": (FactKind.MOVED_OUT,), "benefit_not_waived": (FactKind.WAIVER,),
    "contribution_not_waived": (FactKind.WAIVER,), "in_no_other_scheme": (FactKind.OTHER_SCHEME, FactKind.OTHER_PENSION),
    "not_student": (FactKind.STUDENT,), "not_soldier": (FactKind.SOLDIER,), "no_own_payment_instead": (FactKind.OWN_PAYMENT,),
    "resident_on_day": (FactKind.MOVED_OUT, FactKind.ABROAD, FactKind.OTHER_COUNTY),
    "relation_standing": (FactKind.RELATION_ENDED,), "relation_open_on_day": (FactKind.RELATION_ENDED,),
    "relation_not_moved": (FactKind.RELATION_ENDED,),
    "never_joined": (FactKind.ENROLMENT, FactKind.PAID_YEARS, FactKind.OWN_PAYMENT, FactKind.OTHER_SCHEME, FactKind.OTHER_PENSION,
                     FactKind.OTHER_COUNTY), "sixty_after_scheme_start": (FactKind.BIRTH,),
    "granted_for_life": (FactKind.PENSION_IN_PAYMENT, *_POOR),
}  # fmt: skip
_SMALL = 20_000  # rows of a file in which one row may be looked for


@dataclass(frozen=True)
class KnownFact:
    """A fact with its source. ``text`` never holds an ID or account number."""

    fact_id: int
    kind: FactKind
    text: str
    holds_from: date
    holds_until: date | None
    told_at: date | None  # None: nothing is said of it (a case document)
    file: str
    sheet: str
    row: int | None

    @property
    def source(self) -> str:
        """``农保名册201812.xlsx 表“合计”第 12 行``, or who told it."""
        if not self.file:
            return "经办登记"
        sheet = f" 表“{self.sheet}”" if self.sheet else ""
        return f"{self.file}{sheet}" + (f" 第 {self.row} 行" if self.row else "")

    def sentence(self) -> str:
        """One line for a clerk."""
        until = f"至 {self.holds_until}" if self.holds_until else ""
        since = "" if self.holds_from.year <= 1900 else f"自 {self.holds_from}"  # noqa: PLR2004 - since for ever
        when = f"（{' '.join(one for one in (since, until) if one)}）" if since or until else ""
        away = "；其间不发放、不代缴、不计息" if self.kind is FactKind.RELATION_ENDED and self.holds_until else ""
        told = f"，{self.told_at} 告知" if self.told_at else ""
        return f"{KIND_ZH[self.kind]}{'：' if self.text else ''}{self.text}{when}{away}{told}，来源 {self.source}"

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "fact_id": self.fact_id, "kind": self.kind.key, "zh": KIND_ZH[self.kind], "text": self.text,
            "from": self.holds_from.isoformat(), "until": self.holds_until.isoformat() if self.holds_until else None,
            "told_at": self.told_at.isoformat() if self.told_at else None, "file": self.file, "sheet": self.sheet, "row": self.row,
        }  # fmt: skip


def known_facts(pool: int, person_id: int, facts: Facts) -> list[KnownFact]:
    """The standing facts of a person (``facts`` as known at the moment), with where each came from."""
    standing = {row["fact_id"]: row for row in facts.only([person_id]).facts.iter_rows(named=True)}
    kept = Fact.objects.filter(person_id=person_id, pk__in=list(standing)).order_by("kind", "holds_from", "pk")
    rows = list(kept.values_list("pk", "told_at", "source_file_id", "source_row"))
    files = {one.pk: one for one in SourceFile.objects.filter(pk__in={number for _, _, number, _ in rows if number})}
    made = []
    for number, told_at, file_id, row in rows:
        fact = standing[number]
        file = files.get(file_id)
        kind = FactKind(fact["kind"])
        made.append(KnownFact(
            number, kind, fact_text(pool, kind, fact["value"], fact["number"]), fact["holds_from"], fact["holds_until"],
            told_at, file.name if file else "", _sheet(file, row) if file else "", row or None,
        ))  # fmt: skip
    return made


def fact_text(pool: int, kind: FactKind, value: str | None, number: int | None) -> str:
    """What a fact says, in words."""
    if kind is FactKind.BIRTH and number:
        return f"{number // 10000}-{number // 100 % 100:02d}-{number % 100:02d}"
    if kind is FactKind.CATEGORY and value in CATEGORY_BY_KEY:
        return CATEGORY_BY_KEY[value].zh
    if kind is FactKind.HOUSEHOLD_REGISTRATION:
        known = words.divisions(pool)
        return known.full_name(value or "") if known else value or ""
    if kind is FactKind.TRANSFER_IN:
        source = BUCKET_BY_KEY.get(value or "", Bucket.TRANSFERRED)
        return f"{yuan(number or 0)} 元（{'对方没有写明来源' if source is Bucket.TRANSFERRED else source.zh}）"
    if kind in (FactKind.PAID_YEARS, FactKind.YEARS_TRANSFERRED):
        return f"{number} 年" + (f"（{value}）" if value else "")
    if kind is FactKind.PENSION_IN_PAYMENT and value in ITEM_BY_KEY:
        return f"{ITEM_BY_KEY[value].zh} 每月 {yuan(number or 0)} 元"
    if kind in (FactKind.OWN_PAYMENT, FactKind.MAKEUP_PAYMENT, FactKind.COLLECTIVE_AID):
        return f"{value} 年 {yuan(number or 0)} 元"
    if kind is FactKind.RELATION_ENDED:
        return endings.REASON_ZH.get(value or "", endings.REASON_ZH[endings.OTHER])
    if kind in (FactKind.RECOVERY_NOTICE, FactKind.RECOVERY_PLAN, FactKind.WRITE_OFF):
        return " ".join(one for one in (value, f"{yuan(number or 0)} 元") if one)
    if kind is FactKind.LIFE_CERTIFICATE:
        return WAY_ZH.get(value or "", value or "")
    if kind is FactKind.HOLD:
        return words.reason_zh(value or "other")
    return words.VALUE_ZH.get(value or "", value or "")


def _sheet(file: SourceFile, row: int | None) -> str:
    """The sheet of a row; of a large register that of its first record, which is the only sheet it has."""
    records = SourceRecord.objects.filter(source_file_id=file.pk)
    small = file.counts.get("records", {}).get("read", 0) <= _SMALL
    found = records.filter(row=row).order_by("number").first() if small and row else None
    if found is None and file.counts.get("sheets") == 1:
        found = records.order_by("number").first()
    return str(found.sheet) if found else ""
