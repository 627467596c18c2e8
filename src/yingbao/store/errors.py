"""What the store refuses, in sentences."""

from __future__ import annotations

from yingbao.values.errors import YingbaoError


class FrameDoesNotFit(YingbaoError):
    """A frame has not the columns of the table: ``missing`` and ``unknown`` name them."""

    zh = "写入“{table}”的数据列不符：缺少 {missing}；多出 {unknown}。这是程序错误，请联系维护人员。本次没有写入任何数据。"
    en = "The columns for {table} do not fit: missing {missing}; unknown {unknown}. A program error. Nothing was written."


class NotInATransaction(YingbaoError):
    """A bulk write outside a transaction: half of it could stay."""

    zh = "批量写入“{table}”必须在事务内进行。这是程序错误，请联系维护人员。本次没有写入任何数据。"
    en = "A bulk write to {table} must be in a transaction. A program error. Nothing was written."


class HeadUnreadable(YingbaoError):
    """A kept head of the audit chain that is none, or another pool's. Takes ``text``, ``pool``."""

    zh = "“{text}”不是统筹区 {pool} 的链头。请照抄 yingbao audit head 输出的一行。"
    en = "'{text}' is no head of the chain of pool {pool}. Copy the line that 'yingbao audit head' printed."


class KeyMissing(YingbaoError):
    """A value was sealed with a key that is not in the key folder."""

    zh = "密钥“{kid}”不在密钥目录 {folder} 中，无法解密。请系统管理员恢复密钥文件。本次没有写入任何数据。"
    en = "The key {kid} is not in the key folder {folder}. Restore the key file. Nothing was written."


class KeyUnreadable(YingbaoError):
    """A key file is damaged or unknown in form."""

    zh = "密钥文件 {file} 不能读取：{why}。请系统管理员从备份恢复。本次没有写入任何数据。"
    en = "The key file {file} cannot be read: {why}. Restore it from the backup. Nothing was written."


class KeysDoNotFit(YingbaoError):
    """The key folder is not the one that the database was filled with."""

    zh = "密钥目录 {folder} 与数据库不配套（查询密钥不同）。请恢复原密钥目录。本次没有写入任何数据。"
    en = "The key folder {folder} does not belong to this database. Restore the right one. Nothing was written."


class OtherCrypto(YingbaoError):
    """The database was filled under another crypto profile: people who are known would not be found."""

    zh = "这个数据库用的是“{then}”加密，现在设的是“{now}”。请把 YINGBAO_CRYPTO 改回 {then}。本次没有写入任何数据。"
    en = "This database is under the crypto profile '{then}', and '{now}' is set now. Set YINGBAO_CRYPTO to {then}. Nothing was written."


class StoreNewer(YingbaoError):
    """The database was brought forward by a later version of the program."""

    zh = "数据库已由更新的程序升级过（{names}），这个版本的程序不能用它。请换用新版本。本次没有写入任何数据。"
    en = "The database was brought forward by a later program ({names}); this version cannot use it. Nothing was written."


class SealBroken(YingbaoError):
    """A sealed value was altered, or stands in a row or column where it was not written."""

    zh = "{table}.{column}（归属 {owner}）的密文已被改动，或不是写在这一行的。数据未予采用，请立即报告安全管理员。"
    en = "The sealed value {table}.{column} (owner {owner}) was altered or moved. It was not used. Report it at once."


class StoreBusy(YingbaoError):
    """Another process holds the database longer than one waits."""

    zh = "系统忙，请稍后再试一次，没有重复处理。本次没有写入任何数据。"
    en = "The system is busy. Try again in a moment. Nothing was written."


class UnknownPool(YingbaoError):
    """The pool (统筹区) has not been set up here."""

    zh = "统筹区 {pool} 尚未建立。请先运行 yingbao pool found。本次没有写入任何数据。"
    en = "The pool {pool} is not set up. Run 'yingbao pool found' first. Nothing was written."


class NoRegion(UnknownPool):
    """The law has no region for the pool."""

    zh = "政策数据里没有统筹区 {pool}（regions.yaml 里有：{known}）。请先由政策管理员添加地区，或检查 --pool。没有写入任何数据。"
    en = "The law has no region for pool {pool} (regions.yaml has: {known}). Add the region first, or check --pool. Nothing was written."


class NotOpened(YingbaoError):
    """The county's opening has not been imported, or twice."""

    zh = "统筹区 {pool} {why}。本次没有写入任何数据。"
    en = "Pool {pool}: {why}. Nothing was written."


class UnknownPerson(YingbaoError):
    """Nobody of that number or ID in the pool."""

    zh = "统筹区 {pool} 没有找到 {shown}。请核对号码。"
    en = "Nobody found in pool {pool} for {shown}."


class LawNotKept(YingbaoError):
    """A run of before the law was kept, or of another installation."""

    zh = "政策版本 {version} 没有留存，不能按当时的政策重新推算。请从备份或政策仓库找回该版本。没有写入任何数据。"
    en = "The law of version {version} is not kept, so the run cannot be derived again. Nothing was written."


class LawDamaged(YingbaoError):
    """The kept law has not the hash it was kept under: somebody got at the database."""

    zh = "留存的政策版本 {version} 与其指纹不符，已拒绝使用。请立即联系系统管理员和审计。没有写入任何数据。"
    en = "The kept law of version {version} does not have its hash. Refused. Call the administrator and audit."


class NumberInClear(YingbaoError):
    """An ID number in words that are kept in clear for ever: a reason, a name, a voucher."""

    zh = "“{field}”里写有公民身份号码（{shown}），这里的文字以明文永久保存。请去掉号码，用姓名或编号。本次没有写入任何数据。"
    en = "The text of '{field}' holds an ID number ({shown}); it would be kept in clear for ever. Leave it out. Nothing was written."


class NotWhole(YingbaoError):
    """A cell that is no whole number, where only those belong: somebody got at the database."""

    zh = "数据库里“{column}”一列有不是整数的值，可能被改动。请运行 yingbao check，并立即联系系统管理员和审计。本次没有写入任何数据。"
    en = "A cell of the column '{column}' is no whole number: somebody got at the database. Run 'yingbao check'. Nothing was written."
