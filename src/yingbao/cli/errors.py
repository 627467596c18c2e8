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


class ProgramFault(YingbaoError):
    """A fault of the program itself: nobody's file or words are to blame. Takes ``why``."""

    zh = "程序出错（{why}），已停止；没有办完的事项没有写入。请把上面的英文几行交给维护人员。"
    en = "The program failed ({why}) and stopped; what was not finished was not stored. Send the lines above to who mends it."
    exit_code = 70  # as sysexits.h has it; 1 means that something does not agree


class NoDatabase(YingbaoError):
    """There is no database at the place. Takes ``file``."""

    zh = ("这里没有数据库：{file}。第一次使用请先建立统筹区：yingbao pool found；已经建过的，请检查当前文件夹和 "
          "YINGBAO_DATABASE_URL。没有写入任何数据。")  # fmt: skip
    en = ("There is no database at {file}. On first use found the pool: yingbao pool found. Else check the folder you are in, "
          "and YINGBAO_DATABASE_URL. Nothing was written.")  # fmt: skip


class NotAYear(YingbaoError):
    """Text that should be a year and is not."""

    zh = "“{text}”不是年度。请写成 2018 这样的形式。"
    en = "'{text}' is not a year. Write it like 2018."


class YearBeyond(YingbaoError):
    """A day or month of a year that no county counts in. Takes ``text``, ``first``, ``last``."""

    zh = "“{text}”不在 {first} 年至 {last} 年之间，可能写错了；长期有效的不写止日。本次没有写入任何数据。"
    en = "'{text}' is not within {first} to {last}: is it a slip? What has no end is written without one. Nothing was written."


class OutputLost(YingbaoError):
    """The screen, file or pipe took no more of the answer. Takes ``why``."""

    zh = "结果写不出去（{why}）：屏幕、文件或管道不能写，或磁盘已满。要办的事可能已经办成，请查看后再办。"
    en = "The answer could not be written ({why}): screen, file or pipe takes no more. What was asked for may be done: look first."
    exit_code = 74  # as sysexits.h has it
