"""The boxes of 应保尽保 in words: what each is called, whether it is good, who does the next step and by when."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Box:
    """A coverage box. ``owner``: who does the next step, ``within_days`` of the report; none if settled.

    ``yearly``: it speaks of the contribution of the report's year, so in January all of them begin anew.
    """

    id: str
    zh: str
    en: str
    covered: bool
    owner: str = ""
    within_days: int = 0
    yearly: bool = False


# In the order in which they are tried: the first that applies is the person's box.
BOXES = (
    Box("deceased", "已死亡", "deceased", covered=False, owner="居保中心（注销）", within_days=30),
    Box("benefit_held", "应领、暂停发放", "owed, payment held", covered=True, owner="镇社保所", within_days=30),
    Box("receiving_benefit", "已领取养老金", "receiving the pension", covered=True),
    Box("benefit_in_progress", "应领、待发放", "owed, not yet booked", covered=False, owner="居保中心", within_days=30),
    Box("proxied", "已由政府代缴", "contribution paid by the county", covered=True, yearly=True),
    Box("waived", "本人放弃（已签意向书）", "waived by signature", covered=False, owner="镇社保所（劝导）", within_days=90),
    Box("other_pension", "已领其他养老保险待遇", "draws another state pension", covered=True),
    Box("other_scheme", "已参加职工或机关养老保险", "insured in another scheme", covered=True),
    Box("insured_elsewhere", "已在其他统筹区参保", "insured in another county", covered=True),
    Box("moved_out", "户籍已迁出", "registration moved out", covered=False, owner="公安、村居核实", within_days=60),
    Box("abroad", "已出国（境）定居", "settled abroad", covered=False),
    Box("relation_ended", "居保关系已终止", "relation ended", covered=False, owner="镇社保所（核实去向，可恢复参保）", within_days=60),
    Box("prisoner", "正在服刑", "in prison", covered=False, owner="居保中心（刑满复核）", within_days=180),
    Box("soldier", "现役军人", "on active service", covered=False, owner="居保中心（退役复核）", within_days=180),
    Box("to_verify", "资料不全，待核实", "to be verified", covered=False, owner="提供单位", within_days=30),
    Box("under_age", "未满16周岁", "under 16", covered=False, owner="居保中心（满16周岁纳入）", within_days=365),
    Box("student", "在校学生", "at school", covered=False, owner="居保中心（毕业复核）", within_days=180),
    Box("proxy_in_progress", "应代缴、未代缴", "the county owes the contribution", covered=False,
        owner="居保中心", within_days=30, yearly=True),
    Box("paid_himself", "本人已缴费", "paid the year himself", covered=True, yearly=True),
    Box("flagged_out", "已标注脱贫，按普通居民参保", "flagged out of poverty", covered=False,
        owner="镇社保所（动员参保）", within_days=90),
    Box("disability_only", "仅为重度残疾，不属三类困难群体", "severely disabled only", covered=False,
        owner="镇社保所（动员参保）", within_days=90),
    Box("not_eligible_yet", "满60周岁，暂不符合领取条件", "60 or over, not eligible", covered=False,
        owner="居保中心（逐人说明）", within_days=30),
    Box("category_not_proxied", "所属类别本年度不代缴", "in no group paid for this year", covered=False,
        owner="镇社保所（动员参保）", within_days=90),
    Box("unexplained", "未归类（必须为零）", "in no box (must be none)", covered=False,
        owner="系统管理员", within_days=1),
)  # fmt: skip
BOX_BY_ID = {box.id: box for box in BOXES}
