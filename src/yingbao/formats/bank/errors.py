"""What is wrong with a bank file, as values; and the refusal that carries them.

A bank file is taken whole or not at all, so every problem found is in the one refusal.
No problem carries an account or ID number; names are shown, for a clerk must find the person.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from yingbao.values.errors import YingbaoError

SHOWN = 20  # a refusal names this many problems; all of them are in `problems`

# Reason code → the sentence in Chinese and in English. `what` is filled in.
SENTENCES: dict[str, tuple[str, str]] = {
    "unreadable": ("文件打不开（{what}）", "the file cannot be read ({what})"),
    "empty": ("文件是空的", "the file is empty"),
    "cut": ("文件不完整：{what}", "the file is cut: {what}"),
    "mark": ("文件开头多了编码标记（BOM），说明文件被别的程序另存过", "an encoding mark at the head: saved by another program"),
    "line_ends": ("换行符不是约定的{what}，说明文件经文本方式传输或另存过", "the line ends are not {what}: sent as text or saved anew"),
    "blank_end": ("文件末尾多出空行，说明文件被另存过", "blank lines at the end: saved by another program"),
    "too_large": ("文件有 {what}，超过约定的最大笔数", "the file has {what}, more than the lines agreed"),
    "older": ("回盘序号 {what} 早于本批次已入账的序号，是旧文件", "return {what} is older than one booked already for this batch"),
    "digest": ("校验值不符，文件在途中被改动或损坏", "the digest does not match: changed or damaged on its way"),
    "encoding": ("含有{what}编码之外的字节", "bytes that are not {what}"),
    "control": ("含有控制字符", "a control character"),
    "columns": ("列数不对：{what}", "wrong number of fields: {what}"),
    "constant": ("“{what}”不是约定的内容", "'{what}' is not what the layout says"),
    "value": ("“{what}”填写的内容不能识别", "the field '{what}' cannot be read"),
    "result": ("结果代码“{what}”没有约定", "the result '{what}' is not agreed"),
    "no_lines": ("没有明细", "no lines"),
    "count": ("笔数与明细不符：{what}", "the count does not match the lines: {what}"),
    "total": ("金额合计与明细不符：{what}", "the total does not match the lines: {what}"),
    "duplicate_line": ("明细序号 {what} 重复", "line number {what} is there twice"),
    "other_batch": ("属于另一批次 {what}", "belongs to another batch, {what}"),
    "unknown_line": ("明细序号 {what} 不在本批次内", "line {what} is not in this batch"),
    "missing_lines": ("本批次有明细没有结果：{what}", "lines of this batch have no answer: {what}"),
    "amount": ("明细序号 {what} 的金额与报盘不符", "the amount of line {what} is not what was sent"),
    "contradicts": ("明细序号 {what} 与银行以前的最终结果矛盾", "line {what} contradicts an earlier final answer"),
    "not_booked": ("明细序号 {what} 已成功但没有入账日期", "line {what} is settled without a booking date"),
    "unwritable": (
        "户名“{what}”无法用银行要求的编码写出，请先与银行约定写法",
        "the name '{what}' cannot be written in the bank's encoding; agree on a spelling first",
    ),
    "forbidden": ("“{what}”含有分隔符或不可见字符", "'{what}' holds a separator or an invisible character"),
    "damaged": ("户名“{what}”含有问号或替换符，说明姓名此前已损坏", "'{what}' holds a question mark: damaged earlier"),
    "not_positive": ("第 {what} 笔金额不是正数", "the amount of line {what} is not above zero"),
    "account": ("第 {what} 笔收款账号不是 8 至 32 位数字", "the account of line {what} is not 8 to 32 digits"),
    "too_long": ("“{what}”超出约定的长度", "'{what}' is longer than agreed"),
    "order": ("明细序号没有从小到大排列：{what}", "line numbers do not ascend: {what}"),
    "too_many": ("超过每个文件的最大笔数 {what}", "more lines than a file may hold, {what}"),
    "file_name": ("批次号“{what}”不能用作文件名", "the batch number '{what}' cannot be in a file name"),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong: a key of SENTENCES, the physical row of the file (from 1; 0: the whole file), a word."""

    code: str
    row: int = 0
    what: str = ""

    def text(self, lang: str = "zh") -> str:
        """The sentence, beginning with the row: ``第 7 行：校验值不符``."""
        sentence = SENTENCES[self.code][1 if lang == "en" else 0].format(what=self.what)
        if not self.row:
            return sentence
        return f"row {self.row}: {sentence}" if lang == "en" else f"第 {self.row} 行：{sentence}"


def _listing(problems: Sequence[Problem], lang: str) -> str:
    lines = [f"  {problem.text(lang)}" for problem in problems[:SHOWN]]
    if rest := len(problems) - SHOWN:
        lines += [f"  … {rest} more" if lang == "en" else f"  ……另有 {rest} 处"] if rest > 0 else []
    return "\n".join(lines)


class BankFileRefused(YingbaoError):
    """A bank file, to or from the bank, that is refused whole. ``problems`` has everything found."""

    zh: ClassVar[str] = (
        "银行文件“{file}”有 {count} 处问题，整份拒收：\n{listing}\n请联系银行或更正后重试。本次没有写入任何数据。"
    )
    en: ClassVar[str] = (
        "The bank file '{file}' has {count} problems and is refused whole:\n{listing_en}\n"
        "Ask the bank or correct it, then try again. Nothing was written."
    )

    def __init__(self, file: str, problems: Sequence[Problem]) -> None:
        self.file, self.problems = file, tuple(problems)
        super().__init__(
            file=file,
            count=len(problems),
            listing=_listing(problems, "zh"),
            listing_en=_listing(problems, "en"),
        )


class PaymentFileRefused(BankFileRefused):
    """A payment file that is not written, because the bank could misread it."""

    zh = "银行报盘文件“{file}”没有生成，有 {count} 处问题：\n{listing}\n请更正后重试。没有写出任何文件。"
    en = (
        "The payment file '{file}' was not made, it has {count} problems:\n{listing_en}\n"
        "Correct them and try again. No file was written."
    )


class BadBankProfile(YingbaoError):
    """A bank profile that cannot be used: an unknown key, a missing field."""

    zh = "银行文件格式“{profile}”不能使用：{why}。请改正格式文件。"
    en = "The bank profile '{profile}' cannot be used: {why}. Correct the profile file."


class UnknownBankProfile(YingbaoError):
    """No bank profile has this name."""

    zh = "没有名为“{profile}”的银行文件格式。现有：{known}。"
    en = "There is no bank profile '{profile}'. Known: {known}."
