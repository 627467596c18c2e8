"""What stops a command from outside: files, the database, words of the command line."""

from __future__ import annotations

from yingbao.values.errors import YingbaoError


class FileTrouble(YingbaoError):
    """A file or folder that cannot be read or written."""

    zh = "文件或文件夹“{file}”不能读写（{why}）。请检查路径、权限和磁盘空间。没有办完的事项没有写入数据库。"
    en = "The file or folder '{file}' cannot be read or written ({why}). What was not finished was not stored."


class StoreTrouble(YingbaoError):
    """The database cannot be reached, or refuses to be written."""

    zh = "数据库不能使用（{why}）。请检查 YINGBAO_DATABASE_URL、文件权限和磁盘空间。本次没有写入任何数据。"
    en = "The database cannot be used ({why}). Check YINGBAO_DATABASE_URL, permissions and space. Nothing was written."


class NothingAsked(YingbaoError):
    """A search without anything to search for."""

    zh = "请写要找的人：--name 姓名，或 --id（随后输入公民身份号码）。"
    en = "Say whom to find: --name, or --id (the number is typed at a prompt)."


class TotalsUnreadable(YingbaoError):
    """The control totals are no JSON object of whole numbers and amounts."""

    zh = '控制数文件“{file}”不能读（{why}）。应为 JSON，例如 {{"persons": 160, "own_yuan": "1200.00"}}。本次没有写入任何数据。'
    en = "The control totals '{file}' cannot be read ({why}). Write a JSON object of numbers. Nothing was written."


class UnknownLanguage(YingbaoError):
    """A language that the program does not speak."""

    zh = "没有“{lang}”这种语言。可以写：{known}。"
    en = "There is no language '{lang}'. Known: {known}."


class NothingTyped(YingbaoError):
    """A question of the program that nobody answered."""

    zh = "没有输入要问的内容，已停止。本次没有写入任何数据。"
    en = "What was asked for was not typed: stopped. Nothing was written."


class MoneyUnreadable(YingbaoError):
    """Money by source that is not written as it must be. Takes ``text``, ``why``, ``why_en``."""

    zh = "“{text}”不能读：{why}。本次没有写入任何数据。"
    en = "'{text}' cannot be read: {why_en}. Nothing was written."
