"""Errors for the reader: what happened, to what, what to do, what was not done.

Every refusal of the program is a class below :class:`YingbaoError` with a Chinese and an
English sentence. The command line prints the sentence and leaves with code 2.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import ClassVar

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e]")


class YingbaoError(Exception):
    """A refusal that a clerk can read. Subclasses give ``zh`` and ``en`` templates.

    The templates are filled with the keyword arguments; ``details`` keeps them for ``--json``.
    Never pass an ID or account number in clear: pass the value types, whose ``str`` is a mask.
    """

    zh: ClassVar[str] = "操作没有完成。本次没有写入任何数据。"
    en: ClassVar[str] = "The operation was not completed. Nothing was written."
    exit_code: ClassVar[int] = 2

    def __init__(self, **details: object) -> None:
        if "file" in details:  # a name may hold a line break, and a terminal obeys what it is sent
            details["file"] = _CONTROL.sub("□", str(details["file"]))
        self.details = details
        super().__init__(self.zh.format(**details))

    @property
    def code(self) -> str:
        """The class name: a stable word for programs."""
        return type(self).__name__

    def text(self, lang: str = "zh", said: Callable[[str], str] = str) -> str:
        """The sentence in ``zh`` or ``en``; ``said`` puts what is filled in into the language too."""
        filled = {key: said(value) if isinstance(value, str) else value for key, value in self.details.items()}
        return (self.en if lang == "en" else self.zh).format(**filled)

    def as_json(self, lang: str = "zh", said: Callable[[str], str] = str) -> dict[str, object]:
        """``{"error", "message", "details"}`` for ``--json``."""
        details = {key: str(value) for key, value in self.details.items()}
        return {"error": self.code, "message": self.text(lang, said), "details": details}


class NotWholeFen(YingbaoError):
    """An amount has a part of a fen, or is not a number."""

    zh = "金额“{text}”不是整分（最多两位小数）的数字。请改正后重试。本次没有写入任何数据。"
    en = "The amount '{text}' is not a whole number of fen. Correct it and try again. Nothing was written."


class AmountOutOfBounds(YingbaoError):
    """An amount is beyond what a pension fund can hold: a wrong unit or a wrong column."""

    zh = "金额{fen}分超出允许范围（±{limit}分）。请检查单位和列。本次没有写入任何数据。"
    en = "The amount {fen} fen is out of bounds (±{limit}). Check unit and column. Nothing was written."


class NotAMonth(YingbaoError):
    """Text that should be a month, like 2018-12, and is not."""

    zh = "“{text}”不是月份。请写成 2018-12 这样的形式。"
    en = "'{text}' is not a month. Write it like 2018-12."


class NotADate(YingbaoError):
    """Text that should be a date, like 2018-12-01, and is not."""

    zh = "“{text}”不是日期。请写成 2018-12-01 这样的形式。"
    en = "'{text}' is not a date. Write it like 2018-12-01."


class BadIdNumber(YingbaoError):
    """An ID number that cannot be used. ``why`` is a reason code of :mod:`yingbao.values.identity`."""

    zh = "公民身份号码 {shown} 不能使用：{why}。请核对原件。本次没有写入任何数据。"
    en = "The ID number {shown} cannot be used: {why}. Check the document. Nothing was written."


class BadAccountNumber(YingbaoError):
    """A bank account number that is not 8 to 32 digits."""

    zh = "银行账号 {shown} 不能使用：应为 8 至 32 位数字。请核对存折或社保卡。本次没有写入任何数据。"
    en = "The account number {shown} cannot be used: it must have 8 to 32 digits. Nothing was written."
