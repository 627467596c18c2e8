"""What reports refuse."""

from __future__ import annotations

from yingbao.values.errors import YingbaoError


class UnknownExport(YingbaoError):
    """No such table or format."""

    zh = "不能导出“{what}”（格式 {fmt}）。可以导出：{known}；格式：{formats}。没有写任何文件。"
    en = "Cannot export '{what}' as {fmt}. Tables: {known}; formats: {formats}. Nothing was written."
