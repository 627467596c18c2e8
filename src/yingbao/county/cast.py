"""The people whose names the story tells. Their numbers are the first rows of every county."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from yingbao.county.places import STORY_VILLAGE
from yingbao.values.month import FOREVER, Month, month_of

_BEFORE: Month = month_of(2016, 5)  # long on the rosters when the story begins


@dataclass(frozen=True, slots=True)
class Claim:
    """One stay on one roster: kind of roster, first month listed and first month no longer listed."""

    roster: str
    from_month: Month = _BEFORE
    until_month: Month = FOREVER
    flagged_from: Month | None = None


@dataclass(frozen=True, slots=True)
class StoryPerson:
    """Somebody with a part. ``called`` is how the bulletin and the story call them.

    ``role`` is pensioner, payer or outsider (not on the county's present register).
    """

    key: str
    called: str
    name: str
    male: bool
    born: date
    part: str
    role: str = "outsider"
    claims: tuple[Claim, ...] = ()
    village: str = STORY_VILLAGE
    prefix: int = 320622


POVERTY = "poverty_register"
RURAL = "subsistence_rural"
URBAN = "subsistence_urban"
DESTITUTE = "destitute"

CAST: tuple[StoryPerson, ...] = (
    StoryPerson(
        "chen_guilan", "陈桂兰", "陈桂兰", False, date(1950, 1, 1),
        "建档立卡老人，2018-12 起领取；2019-02 退出建档立卡名册，养老金支付终身",
        claims=(Claim(POVERTY, until_month=month_of(2019, 2)),),
    ),
    StoryPerson(
        "zhang_nainai", "张奶奶", "张玉珍", False, date(1947, 4, 12),
        "农村低保老人，签署放弃意向书", claims=(Claim(RURAL),),
    ),
    StoryPerson("li_ayi", "李阿姨", "李秀兰", False, date(1955, 6, 3), "不是贫困人口，已满60周岁，不可领取"),
    StoryPerson(
        "liu_kangjie", "柳康杰", "柳康杰", True, date(1958, 11, 30),
        "长江镇杨洲居低收入户，2018-11-30 满60周岁，2018-12 起领取", claims=(Claim(POVERTY), Claim(RURAL)),
    ),
    StoryPerson(
        "liu_kangjie_next_day", "柳康杰（同名）", "柳康杰", True, date(1958, 12, 1),
        "同村同名，2018-12-01 满60周岁，2019-01 起领取", claims=(Claim(POVERTY),),
    ),
    StoryPerson(
        "wu_xiaoman", "吴小满", "吴小满", True, date(2008, 5, 20),
        "特困儿童，未满16周岁，不参保但在册", claims=(Claim(DESTITUTE),), prefix=320682,
    ),
    StoryPerson(
        "zhou_guifang", "周桂芳", "周桂芳", False, date(1949, 9, 8),
        "低保老人，2018-11 签署放弃意向书，2019-01 撤回", claims=(Claim(RURAL),),
    ),
    StoryPerson(
        "xu_changlin", "徐长林", "徐长林", True, date(1941, 3, 15),
        "在领老人，2019-01-18 去世，2019-03 才告知", role="pensioner",
    ),
    StoryPerson(
        "gu_jianguo", "顾建国", "顾建国", True, date(1971, 8, 9),
        "建档立卡未脱贫，已参保，第一批代缴", role="payer", claims=(Claim(POVERTY),),
    ),
    StoryPerson(
        "shen_meihua", "沈美华", "沈美华", False, date(1975, 2, 17),
        "农村低保，12月大批代缴", role="payer", claims=(Claim(RURAL),),
    ),
    StoryPerson(
        "qian_guoying", "钱国英", "钱国英", False, date(1968, 10, 2),
        "建档立卡，已标注脱贫，不代缴", role="payer", claims=(Claim(POVERTY, flagged_from=month_of(2017, 12)),),
    ),
    StoryPerson(
        "huang_yufang", "黄玉芳", "黄玉芳", False, date(1952, 7, 25),
        "建档立卡，2017年已标注脱贫，出口不看标注，2018-12 起领取",
        claims=(Claim(POVERTY, flagged_from=month_of(2017, 12)),),
    ),
    StoryPerson(
        "xu_yan", "徐䶮", "徐䶮", True, date(1948, 11, 11),
        "姓名有生僻字，银行文件用 GB18030 写得出", claims=(Claim(DESTITUTE),),
    ),
    StoryPerson(
        "zhang_ming", "张□明", "张□明", True, date(1951, 5, 6),
        "姓名在部门系统里印成“□”，退回核对", claims=(Claim(DESTITUTE),),
    ),
    StoryPerson(
        "aygul", "阿依古丽", "阿依古丽·买买提", False, date(1979, 4, 1),
        "婚迁入，姓名有间隔号", role="payer", claims=(Claim(RURAL),), prefix=653121,
    ),
)  # fmt: skip

KEYS: dict[str, int] = {person.key: number for number, person in enumerate(CAST)}
