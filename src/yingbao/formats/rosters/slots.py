"""Which columns belong together: the members of a household in one row, or tables side by side on one sheet.

Household-wide: 户主 in position 0, members 1…N, what is said once holds for all. Side by side: the same headings again
to the right, each stretch a table of its own with its own village.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from yingbao.formats.rosters.grid import Sheet
from yingbao.formats.rosters.synonyms import PERSON_FIELDS

_NUMBERS = ("id", "disability_card")
RELATIVES = (
    "配偶|丈夫|妻子|爱人|子女|儿子|[长次三]子|女儿|[长次三]女|儿媳|女婿|孙子|孙女|父亲|母亲|父母|[生继养]父|[生继养]母|祖父|祖母|爷爷|奶奶|"
    "哥哥|弟弟|姐姐|妹妹|家属|亲属|家长"
)
# Headings above that speak of the members of one household.
_MEMBER = re.compile(r"户主|申请人|成员|配偶|子女|家属|本人|第.{1,2}人|父亲|母亲")


@dataclass(frozen=True, slots=True)
class Column:
    """What one column holds. ``slot`` 0 is the head of the household, 1… the members, None the row.

    ``group`` is the heading above its own, where there are several levels.
    """

    index: int
    label: str
    field: str | None
    slot: int | None = None
    group: str = ""
    loose: bool = False  # told by a pattern, not by a known word

    @property
    def own_label(self) -> str:
        """The lowest of its headings."""
        return self.label.rsplit("/", 1)[-1]


def assign_slots(columns: list[Column]) -> list[Column]:
    """Give each member of a household-wide sheet its position; one person a row keeps None."""
    names = [column for column in columns if column.field == "name"]
    numbers = [column for column in columns if column.field == "id"]
    plain = [column for column in names if column.slot is None]
    members = [column for column in columns if column.slot not in (None, 0)]
    if len(plain) == 1 and not members and any(column.slot == 0 for column in columns):
        heads = {column.field for column in columns if column.slot == 0}
        if "name" in heads or any(column.slot is None for column in numbers):
            return [_reference(column) for column in columns]
    if len(numbers) <= 1 and len(names) <= 1:
        return [replace(column, slot=None) for column in columns]
    apart = len({column.own_label for column in names}) == len(names)
    if len(numbers) <= 1 and not members and apart:
        return _first_only(columns)
    if len(names) == 1 and not members and len({column.own_label for column in numbers}) == len(numbers):
        return _one_number(columns, numbers)
    if min(len(names), len(numbers)) > 1 and names[-1].index < numbers[0].index:
        return _names_then_numbers(columns, names, numbers)
    return _without_reference(_walk_slots(columns))


def _without_reference(columns: list[Column]) -> list[Column]:
    """户主姓名 without a number of its own before one member a row: it names the household, and the row is the member's."""
    of_head = {column.field for column in columns if column.slot == 0}
    others = {column.slot for column in columns if column.slot}
    if len(others) != 1 or of_head & {*_NUMBERS} or "name" not in of_head:
        return columns
    return [_reference(column) if column.slot == 0 else replace(column, slot=None) for column in columns]


def _reference(column: Column) -> Column:
    """A list of persons that also names the head of each household."""
    if column.slot == 0 and column.field in ("name", "id"):
        return replace(column, field=f"head_{column.field}", slot=None)
    return replace(column, field=None if column.slot == 0 else column.field, slot=None)


def _one_number(columns: list[Column], numbers: list[Column]) -> list[Column]:
    """身份证号 beside 社会保障号码: one person, and the number of the identity card counts."""
    kept = next((column for column in numbers if "身份" in column.own_label), numbers[0])
    return [replace(column, field=None if column in numbers and column is not kept else column.field, slot=None) for column in columns]


def _first_only(columns: list[Column]) -> list[Column]:
    seen: set[str] = set()
    result = []
    for column in columns:
        name = column.field if column.field not in seen else None
        seen.add(column.field or "")
        result.append(replace(column, field=name, slot=None))
    return result


def _names_then_numbers(columns: list[Column], names: list[Column], numbers: list[Column]) -> list[Column]:
    """姓名, 配偶姓名, 身份证号, 配偶身份证号: a number belongs to the name of the same person; one of nobody named is not read."""
    people = {_role(column): place for place, column in enumerate(names)}
    if len(people) == len(names) and {_role(column) for column in numbers} & people.keys():
        places = {column.index: people.get(_role(column)) for column in (*names, *numbers)}
    elif len(numbers) == len(names):
        places = {column.index: place for group in (names, numbers) for place, column in enumerate(group)}
    else:
        return _walk_slots(columns)
    return [
        replace(column, slot=places[column.index], field=None if places[column.index] is None else column.field)
        if column.index in places else replace(column, slot=None)
        for column in columns
    ]  # fmt: skip


def _role(column: Column) -> str:
    """Whose name or number it is, by its heading."""
    return re.sub(r"公民|居民|身份证?件?|证件|号码?|编号|姓名|名字|[\s()（）:：*]", "", column.own_label)


def _walk_slots(columns: list[Column]) -> list[Column]:
    """From left to right: a name (or an ID, if IDs come first) opens the next member."""
    opener = next(column.field for column in columns if column.field in ("name", "id"))
    counts = Counter(column.field or "" for column in columns)
    labels = Counter((column.field, column.own_label) for column in columns)
    slot = -1
    taken: set[tuple[str, int]] = set()
    result = []
    for column in columns:
        name = column.field
        if name is None or name not in PERSON_FIELDS:
            # 备注 behind each member is that member's.
            again = name is not None and labels[name, column.own_label] > 1 and slot >= 0 and (name, slot) not in taken
            if again:
                taken.add((str(name), slot))
            result.append(replace(column, slot=slot if again else None))
            continue
        if column.slot is not None and column.slot >= 0:
            slot = column.slot
        elif name == opener or (name, slot) in taken:
            slot += 1
        alone = counts[name] == 1 and name not in ("name", "id") and column.slot is None and slot != 0
        shared = slot < 0 or (alone and (name != "relation" or slot > 1))
        place = None if shared else slot
        if place is not None:
            taken.add((name, place))
        result.append(replace(column, slot=place))
    return result


def side_by_side(columns: list[Column]) -> list[list[Column]]:
    """The tables of a sheet that stand beside each other, each with the columns left of the first; empty for one table.

    Told by structure: the same headings come again, and among them one that no member of a household would repeat
    (序号, 村, 金额 …), or each stretch stands under a heading of its own that is no member's.
    """
    names = Counter(column.own_label for column in columns if column.field == "name")
    count = max(names.values(), default=0)
    if count < 2 or set(names.values()) != {count}:  # noqa: PLR2004 - two tables at least
        return []
    again = Counter(column.own_label for column in columns if column.label)
    first = next(column.own_label for column in columns if column.label and again[column.own_label] == count)
    starts = [place for place, column in enumerate(columns) if column.own_label == first]
    left, blocks = columns[: starts[0]], [columns[a:b] for a, b in zip(starts, [*starts[1:], None], strict=True)]
    alike = len({tuple((one.own_label, one.slot) for one in block if one.field == "name") for block in blocks}) == 1
    numbered = [any(one.field in _NUMBERS for one in block) for block in blocks]
    whole = all(any(one.field == "name" for one in block) for block in blocks) and len(set(numbered)) == 1
    if not alike or not whole or any(column.field in ("name", "id") for column in left):
        return []
    own = any(again[one.own_label] == count and one.field and one.field not in PERSON_FIELDS for one in blocks[0])
    headed = len({block[0].group for block in blocks if block[0].group}) == count
    if not own and not (headed and not any(_MEMBER.search(block[0].group) for block in blocks)):
        return []
    return [[*left, *block] for block in blocks]


def only(sheet: Sheet, columns: list[Column], others: list[Column]) -> Sheet:
    """The sheet as if only these columns were there: what stands in the ``others`` is another table's."""
    mine = {column.index for column in columns}
    hide = sorted({column.index for column in others} - mine)
    rows = []
    for row in sheet.rows:
        cells = list(row)
        for place in hide:
            if place < len(cells):
                cells[place] = None
        rows.append(cells)
    merged = [one for one in sheet.merged if not set(range(one[2], one[3] + 1)) & set(hide)]
    return replace(sheet, rows=rows, merged=merged)
