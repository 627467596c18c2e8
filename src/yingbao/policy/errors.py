"""What can be wrong with the law as data, or with asking it. All leave with exit code 2."""

from __future__ import annotations

from typing import ClassVar

from yingbao.values.errors import YingbaoError


class PolicyError(YingbaoError):
    """Any refusal of the policy package."""

    zh: ClassVar[str] = "政策数据不能使用。请政策管理员核对。本次没有写入任何数据。"
    en: ClassVar[str] = "The policy data cannot be used. Ask the policy administrator. Nothing was written."


class PolicyNotFound(PolicyError):
    """The folder of the law is missing. Details: ``folder``."""

    zh = "找不到政策目录“{folder}”。请把环境变量 YINGBAO_POLICY 设为政策目录后重试。本次没有写入任何数据。"
    en = "The policy folder '{folder}' was not found. Set YINGBAO_POLICY to it and try again. Nothing was written."


class UnknownRegion(PolicyError):
    """A region that ``regions.yaml`` does not name. Details: ``region``, ``known``."""

    zh = "没有地区“{region}”的政策。已有：{known}。请改正地区名。本次没有写入任何数据。"
    en = "There is no law of the region '{region}'. Known: {known}. Nothing was written."


class PolicyFileError(PolicyError):
    """A file of the law is wrong. Details: ``file``, ``key``, ``why``."""

    zh: ClassVar[str] = "政策文件 {file} 的“{key}”有误：{why}。请政策管理员改正后重试。本次没有写入任何数据。"
    en: ClassVar[str] = "Policy file {file}, key '{key}', is wrong: {why_en}. Correct it. Nothing was written."

    def __init__(self, *, file: str, key: str, why: str, why_en: str | None = None) -> None:
        super().__init__(file=file, key=key, why=why, why_en=why if why_en is None else why_en)


class BadYaml(PolicyFileError):
    """The file is not YAML, or not a mapping."""

    zh = "政策文件 {file} 不是可读的 YAML（{key}：{why}）。请政策管理员改正后重试。本次没有写入任何数据。"
    en = "Policy file {file} is not readable YAML ({key}: {why_en}). Correct it and try again. Nothing was written."


class UnknownKey(PolicyFileError):
    """A key that the format does not have: a slip of the pen would be lost silently."""

    zh = "政策文件 {file} 有不认识的键“{key}”（允许：{why}）。请政策管理员改正后重试。本次没有写入任何数据。"
    en = "Policy file {file} has the unknown key '{key}' (allowed: {why_en}). Correct it. Nothing was written."


class MissingKey(PolicyFileError):
    """A key that every file of its kind must have."""

    zh = "政策文件 {file} 缺少“{key}”（{why}）。请政策管理员补齐后重试。本次没有写入任何数据。"
    en = "Policy file {file} lacks '{key}' ({why_en}). Add it and try again. Nothing was written."


class MissingLabel(PolicyFileError):
    """``description`` is missing or does not begin with a Chinese name."""

    zh = "政策文件 {file} 的“{key}”缺少中文名称（如“基础养老金 (base pension)”）。请补齐。本次没有写入任何数据。"
    en = "Policy file {file}: '{key}' has no Chinese label, like '基础养老金 (base pension), ...'. Nothing was written."


class NoSource(PolicyFileError):
    """A value without the instrument that sets it."""

    zh = "政策文件 {file} 的“{key}”没有依据（reference 缺少 {why}）。请补录来源后重试。本次没有写入任何数据。"
    en = "Policy file {file}: '{key}' has no source (reference lacks {why_en}). Nothing was written."


class UnknownSource(PolicyFileError):
    """A reference to a source that is not in ``sources/``."""

    zh = "政策文件 {file} 的“{key}”引用了不存在的来源“{why}”。请先补录来源文件。本次没有写入任何数据。"
    en = "Policy file {file}: '{key}' cites the unknown source '{why_en}'. Nothing was written."


class ArticleNotQuoted(PolicyFileError):
    """A reference to an article that its source does not hold."""

    zh = "政策文件 {file} 的“{key}”引用的条款“{why}”在来源文件中没有摘录。请先摘录原文。本次没有写入任何数据。"
    en = "Policy file {file}: '{key}' cites the article '{why_en}', not quoted in it. Nothing was written."


class StatusNotHonest(PolicyFileError):
    """The status claims more than the sources cited can carry."""

    zh = "政策文件 {file} 的“{key}”与依据不符：{why}。请改正状态或来源。本次没有写入任何数据。"
    en = "Policy file {file}: '{key}' claims more than its sources carry: {why_en}. Nothing was written."


class BadValue(PolicyFileError):
    """A value that is not what its unit says, e.g. a part of a fen."""

    zh = "政策文件 {file} 的“{key}”的值不能使用：{why}。请政策管理员改正后重试。本次没有写入任何数据。"
    en = "Policy file {file}: the value of '{key}' cannot be used: {why_en}. Correct it. Nothing was written."


class FallingDates(PolicyFileError):
    """Dates that do not rise down the file."""

    zh = "政策文件 {file} 的“{key}”日期没有从早到晚排列：{why}。请政策管理员改正。本次没有写入任何数据。"
    en = "Policy file {file}: the dates of '{key}' do not rise: {why_en}. Correct them. Nothing was written."


class Overlap(PolicyFileError):
    """Two values for one day, one key twice, or two files for one parameter."""

    zh = "政策文件 {file} 的“{key}”重复：{why}。同一日期只能有一个值。请政策管理员改正。本次没有写入任何数据。"
    en = "Policy file {file}: '{key}' is given twice: {why_en}. One day has one value. Nothing was written."


class NotPositive(PolicyError):
    """A number of months is nothing where something is needed. Details: ``name``, ``label``, ``day``."""

    zh = "{day} 起的“{label}”（{name}）是 0，必须大于 0。请政策管理员改正后重试。本次没有写入任何数据。"
    en = "'{name}' from {day} is 0 and must be more than 0. Correct it and try again. Nothing was written."


class TierAboveLimit(PolicyError):
    """A contribution tier is above what a flexible worker pays a year. Details: ``name``, ``day``, ``tier``, ``limit``."""

    zh = ("{day} 起的最高缴费档次 {tier} 元（{name}）高于灵活就业人员的年缴费额 {limit} 元（{limit_name}）。"
          "请政策管理员改正其中一个后重试。本次没有写入任何数据。")  # fmt: skip
    en = ("From {day} the highest tier, {tier} yuan ({name}), is above the {limit} yuan that a flexible worker pays a year "
          "({limit_name}). Correct one of them. Nothing was written.")  # fmt: skip


class UnknownParameter(PolicyError):
    """No layer of the region has the parameter. Details: ``name``."""

    zh = "没有名为“{name}”的参数。请用 yingbao law list 查看参数名。本次没有写入任何数据。"
    en = "There is no parameter '{name}'. See yingbao law list. Nothing was written."


class NotInForce(PolicyError):
    """No value holds (or is known) then. Details: ``name``, ``label``, ``when``."""

    zh = "{when} 没有施行中的“{label}”（{name}）。请核对月份，或由政策管理员补录文件。本次没有写入任何数据。"
    en = "No value of '{name}' is in force in {when}. Check the month, or add the instrument. Nothing was written."


class NotChecked(PolicyError):
    """The month lies past the last day the value was checked. Details: ``name, label, month, checked``."""

    zh = "{month} 的“{label}”尚未核对（已核对至 {checked}）。请政策管理员补录文件后重算。本次没有写入任何数据。"
    en = "'{name}' of {month} has not been checked (checked to {checked}). Add the instrument. Nothing was written."


class BadOverride(PolicyError):
    """An override that cannot be used. Details: ``name``, ``why``."""

    zh = "参数“{name}”的替换值不能使用：{why}。请改正后重试。本次没有写入任何数据。"
    en = "The override of '{name}' cannot be used: {why_en}. Correct it. Nothing was written."

    def __init__(self, *, name: str, why: str, why_en: str) -> None:
        super().__init__(name=name, why=why, why_en=why_en)


class BadOverlay(PolicyError):
    """A file of a reform that cannot be used. Details: ``file``, ``why``."""

    zh = "改革方案文件 {file} 不能使用：{why}。写法见 docs/guides/what-if.md。本次没有写入任何数据。"
    en = "The overlay {file} cannot be used: {why_en}. See docs/guides/what-if.md. Nothing was written."

    def __init__(self, *, file: str, why: str, why_en: str) -> None:
        super().__init__(file=file, why=why, why_en=why_en)


class BadDivisions(PolicyError):
    """The table of towns and villages is wrong. Details: ``file``, ``line``, ``why``."""

    zh = "区划文件 {file} 第 {line} 行有误：{why}。请政策管理员改正后重试。本次没有写入任何数据。"
    en = "Divisions file {file}, line {line}, is wrong: {why_en}. Correct it. Nothing was written."
