"""Why a roster file is refused as a whole. Each class says what to do; nothing is stored.

What is wrong with a single row is never an error here: it is a value, see :mod:`.dirt`.
"""

from __future__ import annotations

from typing import ClassVar

from yingbao.values.errors import YingbaoError


class RosterRefused(YingbaoError):
    """The whole file is refused. ``file`` is its name."""

    zh: ClassVar[str] = "文件“{file}”不能读取。本次没有写入任何数据。"
    en: ClassVar[str] = "The file '{file}' cannot be read. Nothing was stored."


class FileMissing(RosterRefused):
    """There is no such file."""

    zh = "找不到文件“{file}”。请检查路径。本次没有写入任何数据。"
    en = "There is no file '{file}'. Check the path. Nothing was stored."


class FileEmpty(RosterRefused):
    """No bytes, or no row with content."""

    zh = "文件“{file}”是空的。请提供单位重新发送。本次没有写入任何数据。"
    en = "The file '{file}' is empty. Ask the bureau to send it again. Nothing was stored."


class FileTooLarge(RosterRefused):
    """More bytes than allowed."""

    zh = "文件“{file}”有{size_mb}MB，超过上限{limit_mb}MB。请拆分后分别导入。本次没有写入任何数据。"
    en = "The file '{file}' has {size_mb} MB, more than {limit_mb} MB. Split it. Nothing was stored."


class ArchiveBomb(RosterRefused):
    """The archive would unpack to more than a roster can be. Told before unpacking."""

    zh = "文件“{file}”的压缩内容不正常（{why}），可能有害，已拒绝。请用表格软件打开后另存为新的 xlsx。本次没有写入任何数据。"
    en = "The archive '{file}' is abnormal ({why}) and may be harmful. Save it anew as xlsx. Nothing was stored."


class FileEncrypted(RosterRefused):
    """Protected by a password."""

    zh = "文件“{file}”设有打开密码。请取消密码后另存再导入。本次没有写入任何数据。"
    en = "The file '{file}' is protected by a password. Save it without one. Nothing was stored."


class FileHasMacros(RosterRefused):
    """Contains macros, whatever its name says."""

    zh = "文件“{file}”含有宏程序，不能导入。请另存为不含宏的 xlsx。本次没有写入任何数据。"
    en = "The file '{file}' contains macros. Save it as xlsx without macros. Nothing was stored."


class FileHasForeignParts(RosterRefused):
    """Links to other files, embedded objects or a DTD."""

    zh = "文件“{file}”含有{what}，不能导入。请复制为数值后另存为新的 xlsx。本次没有写入任何数据。"
    en = "The file '{file}' contains {what}. Paste as values into a new xlsx. Nothing was stored."


class FileIsWebPage(RosterRefused):
    """A web page or an XML table named .xls."""

    zh = "文件“{file}”名为表格，内容其实是网页。请用表格软件打开后另存为 xlsx。本次没有写入任何数据。"
    en = "The file '{file}' is a web page named like a sheet. Open it and save it as xlsx. Nothing was stored."


class FileIsWps(RosterRefused):
    """A .et file of WPS."""

    zh = "文件“{file}”是 WPS 的 .et 格式。请在 WPS 中另存为 xlsx 再导入。本次没有写入任何数据。"
    en = "The file '{file}' is a WPS .et file. Save it as xlsx in WPS. Nothing was stored."


class FileUnreadable(RosterRefused):
    """Not a sheet, or damaged."""

    zh = "文件“{file}”无法识别或已损坏（{why}）。可用格式：xlsx、xls、ods、csv。本次没有写入任何数据。"
    en = "The file '{file}' is damaged or of an unknown kind ({why}). Use xlsx, xls, ods or csv. Nothing was stored."


class EncodingDamaged(RosterRefused):
    """The text has been converted with losses before it came to us."""

    zh = "文件“{file}”第{row}行文字已乱码（编码转换出错）。请从原系统重新导出，不要用记事本另存。本次没有写入任何数据。"
    en = "The text of '{file}' is garbled at row {row}. Export it again from its system. Nothing was stored."


class HeadingsNotFound(RosterRefused):
    """A sheet with people in it, and no row of headings that can be understood."""

    zh = "文件“{file}”的工作表“{sheet}”里找不到姓名和身份证号的表头。请补上，或用 --column 标题=name 指明。本次没有写入任何数据。"
    en = "No headings were found on sheet '{sheet}' of '{file}' (a name and an ID column are needed). Nothing was stored."


class NotOnePersonARow(RosterRefused):
    """A register with households in a row, or with tables side by side."""

    zh = "文件“{file}”的工作表“{sheet}”一行有几个人（{cells}）。登记册应一人一行，请改好后再来。本次没有写入任何数据。"
    en = "Sheet '{sheet}' of '{file}' has several people in a row ({cells}). A register has one a row. Nothing was stored."


class KindAmbiguous(RosterRefused):
    """It cannot be told which roster this is."""

    zh = "文件“{file}”看不出是哪一种名册（可能是：{kinds}）。请用 --kind 写明种类。本次没有写入任何数据。"
    en = "It cannot be told which roster '{file}' is (maybe: {kinds}). Name the kind. Nothing was stored."


class KindUnknown(RosterRefused):
    """The kind asked for is not one we know."""

    zh = "没有“{kind}”这种名册。可用的种类：{kinds}。本次没有写入任何数据。"
    en = "There is no roster kind '{kind}'. Known kinds: {kinds}. Nothing was stored."


class FieldUnknown(RosterRefused):
    """A column was said to hold what no roster holds."""

    zh = "列对照“{text}”看不懂。请写成 标题=内容，内容是其中之一：{known}。本次没有写入任何数据。"
    en = "The column '{text}' cannot be understood. Write heading=field with one of: {known}. Nothing was stored."


class TooManyRows(RosterRefused):
    """More rows or columns than a roster has."""

    zh = "文件“{file}”的工作表“{sheet}”有{rows}行{columns}列，超过上限。请检查是否选错文件。本次没有写入任何数据。"
    en = "Sheet '{sheet}' of '{file}' has {rows} rows and {columns} columns: too many. Nothing was stored."
