"""Cleaning a name: blanks, dots, remarks, unknown characters; and how two names compare."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache

import opencc
from rapidfuzz import fuzz

from yingbao.formats.rosters.grid import is_error

MIDDLE_DOT = "\u00b7"
# NFKC does not unify these.
_DOTS = dict.fromkeys(map(ord, "·•・‧∙．.･⋅●◦ᐧ‣゠᛫﹒｡⸱꞉・"), MIDDLE_DOT)
_CLEAN = re.compile(r"[\u4e00-\u9fff]{2,4}")
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3007\U00020000-\U000323af"
_PLAUSIBLE = re.compile(rf"[{_HAN}]+({MIDDLE_DOT}[{_HAN}]+)*|[A-Za-z][A-Za-z .'\-{MIDDLE_DOT}]+")
_UNKNOWN = re.compile(r"[?？□■◇◆�＿〓\ue000-\uf8ff\U000f0000-\U0010fffd]")
_BRACKETS = re.compile(r"[(（\[【〔<《{]([^)）\]】〕>》}]*)[)）\]】〕>》}]?")
_MARKS = re.compile(r"[*＊#＃△▲☆★√✓※]+")
_TAIL = re.compile(r"(?<=[\u4e00-\u9fff]{2})(已故|死亡|去世|已死亡|已去世|户主|迁出|已迁出|配偶|之子|之女|之妻|孤儿)$")
_FORMER = re.compile(r"(?:曾用名|原名|又名|别名|婚前名)[:：为]?\s*([\u4e00-\u9fff·]{2,8})")
_GARBLED = re.compile(r"[\u00c0-\u024f]{2,}|锟斤拷|[鎴鐜寮鍒闄][\u4e00-\u9fff]?[鎴彿鐜寮犲垬濮撳悕]")
_LONGEST = 30

# What a remark speaks of → the kind of fact it hints at. The order matters: 未参加 is not 参加.
_HINTS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (hint, re.compile(pattern))
    for hint, pattern in (
        ("suspected_death", r"已故|死亡|去世|亡故|病故|身故|过世|已殁|火化|(?<!消)亡$"),
        ("moved_out", r"迁出|户口迁|迁往|外迁|迁移"),
        ("other_scheme", r"(?<!未)(?<!没有)(已参加|参加|参|有|缴|转|领)(了)?.{0,4}(职保|职工|企保|企业|机关)|职保|机关保|退休金|退休职工"),
        ("student", r"在校|在读|学生|就读|上学|大学"),
        ("soldier", r"参军|服役|现役|入伍|当兵"),
        ("prisoner", r"服刑|收监|坐牢|判刑|在押|监狱"),
        ("abroad", r"出国|出境|国外|境外"),
        ("own_payment", r"(已|自行|本人|自己).{0,4}缴(费|纳|了|\d|清|保)|已缴|已代缴|重复缴"),
    )
)  # fmt: skip


_SOMEBODY_ELSE = re.compile(r"夫|妻|配偶|爱人|父|母|子|女|(?<!孤)儿|媳|婿|孙|兄|弟|姐|妹|家属|亲属|爷|奶")
_LIVES = re.compile(r"健在|在世|未死亡|非死亡|未迁|未参加|误报")


@dataclass(slots=True)
class CleanName:
    """The name, or ``problem``; what was stripped goes to ``remark``; ``hints`` are FactKind keys."""

    name: str | None = None
    problem: str | None = None
    fixes: list[str] = field(default_factory=list)
    remark: str | None = None
    former_name: str | None = None
    hints: tuple[str, ...] = ()
    role: str | None = None


def clean_name(raw: str) -> CleanName:
    """Clean one name cell."""
    if _CLEAN.fullmatch(raw) and not _TAIL.search(raw):
        fixes = ["name_traditional_form"] if has_traditional(raw) else []
        return CleanName(raw, fixes=fixes)
    result = CleanName()
    text = raw.strip(" \t\r\n\u3000\u00a0\u200b\ufeff'’‘")
    if not text:
        result.problem = "name_missing"
        return result
    if is_error(text):
        result.problem = "cell_error"
        return result
    if _GARBLED.search(text):
        result.problem = "text_garbled"
        return result
    text = _strip_remarks(text, result)
    if _UNKNOWN.search(text):
        result.problem = "name_unknown_character"
        return result
    text = _uniform(text, result.fixes)
    masked = len(text) == 1 and "name_has_remark" in result.fixes  # 王* hides the given name
    if not _PLAUSIBLE.fullmatch(text) or len(text) > _LONGEST or masked:
        result.problem = "name_not_a_name" if text else "name_missing"
        return result
    if has_traditional(text):
        result.fixes.append("name_traditional_form")
    result.name = text
    return result


def _strip_remarks(text: str, result: CleanName) -> str:
    """Kinds 22 and 24: 李四(已故), 张三（户主）, 王五*, 王芳（曾用名王小芳）."""
    remarks = [found.strip() for found in _BRACKETS.findall(text)]
    rest = _BRACKETS.sub("", text)
    if _MARKS.search(rest):
        remarks += _MARKS.findall(rest)
        rest = _MARKS.sub("", rest)
    if tail := _TAIL.search(rest.strip()):
        remarks.append(tail[1])
        rest = rest.strip()[: -len(tail[1])]
    # 曾用名 without brackets: 王芳 曾用名王小芳
    if former := _FORMER.search(rest):
        remarks.append(former[0])
        rest = rest[: former.start()] + rest[former.end() :]
    if not remarks:
        return text
    remark = "；".join(found for found in remarks if found)
    result.remark = remark or None
    result.hints = hints_of(remark)
    result.fixes.append("name_has_remark")
    if former := _FORMER.search(remark):
        result.former_name = former[1]
        result.fixes.append("name_former")
    if "户主" in remark:
        result.role = "head"
    return rest.strip()


def _uniform(text: str, fixes: list[str]) -> str:
    """Kinds 19 and 20: one middle dot, no blanks in a Chinese name."""
    folded = unicodedata.normalize("NFC", text)
    if re.search(rf"[{_HAN}]", folded):
        dotted = folded.translate(_DOTS).strip(MIDDLE_DOT)
        if dotted != folded:
            fixes.append("name_middle_dot")
        joined = re.sub(r"[\s\u200b\u3000\u00a0]+", "", dotted)
        if joined != dotted:
            fixes.append("name_blanks")
        return joined
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", folded))


@lru_cache(maxsize=16384)
def hints_of(remark: str) -> tuple[str, ...]:
    """The FactKind keys a remark speaks of."""
    clauses = [clause for clause in re.split(r"[，,。；;、\s]+", remark) if clause and not _LIVES.search(clause)]
    return tuple(hint for hint, pattern in _HINTS if any(_of_himself(pattern, clause) for clause in clauses))


def _of_himself(pattern: re.Pattern[str], clause: str) -> bool:
    """丈夫已故, 儿子在校 speak of somebody else."""
    found = pattern.search(clause)
    return found is not None and not _SOMEBODY_ELSE.search(clause[: found.start()])


_TO_SIMPLIFIED = opencc.OpenCC("t2s")


@lru_cache(maxsize=65536)
def _simplified_character(character: str) -> str:
    return str(_TO_SIMPLIFIED.convert(character))


def simplified(text: str) -> str:
    """The comparison key: simplified characters, one by one (names have no context)."""
    return "".join(map(_simplified_character, text))


# Simplified characters of today that the table would still change: 乾隆, 后 as a surname and the like.
_KEPT = frozenset("乾后于余")


def has_traditional(text: str) -> bool:
    """A traditional or variant form is in it."""
    return any(_simplified_character(character) != character and character not in _KEPT for character in text)


@lru_cache(maxsize=65536)
def name_key(name: str) -> str:
    """Two spellings of one name have one key: simplified, no dots, no blanks, upper case."""
    return simplified(re.sub(r"[\s\u00b7.]+", "", name)).upper()


@lru_cache(maxsize=65536)
def _pinyin(name: str) -> str:
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 - its phrases take a fifth of a second to load, and few commands compare names

    return " ".join(lazy_pinyin(name, style=Style.NORMAL))


def name_similarity(one: str, other: str) -> int:
    """0 to 100: 100 for one name, else the mean of the likeness of sound (pinyin) and of signs, below 100."""
    first, second = name_key(one), name_key(other)
    if first == second:
        return 100
    if not first or not second:
        return 0
    sound = fuzz.ratio(_pinyin(first), _pinyin(second))
    signs = fuzz.ratio(first, second)
    return min(99, round((sound + signs) / 2))
