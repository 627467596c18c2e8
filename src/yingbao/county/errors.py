"""Refusals of the made-up county."""

from yingbao.values.errors import YingbaoError


class UnknownSize(YingbaoError):
    """A size that is not made."""

    zh = "没有“{size}”这种规模的示例县，可选 town、county、hamlet。本次没有写入任何数据。"
    en = "There is no made-up county of the size '{size}'; choose town, county or hamlet. Nothing was written."
