"""Return files that banks and clerks have spoilt: each refused by name and row with code 2, nothing stored, the true one taken."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from test_cli import Stranger, office, opened, refused, stranger
from test_returns import kept
from world import PAYDAY, World

from yingbao.acts.errors import UnknownBatch
from yingbao.formats.bank import BankFileRefused
from yingbao.formats.bank.digest import digest_hex

__all__ = ["office", "opened", "stranger"]
DAY = PAYDAY["2018-12"]


def sealed(content: bytes) -> bytes:
    """With a digest that is right for the changed bytes."""
    body = content[: content.rindex(b"SM3|")]
    return body + f"SM3|{digest_hex('sm3', body)}\r\n".encode()


def deeds(content: bytes) -> Iterator[tuple[str, bytes, str]]:
    """What was done, the file as it comes, and what the refusal says."""
    head, first, second, *rest = content.split(b"\r\n")
    rows = [head, first, second, *rest]

    def joined(lines: list[bytes]) -> bytes:
        return sealed(b"\r\n".join(lines))

    amount = first.rsplit(b"|", 1)[1]
    fen_more = first[: -len(amount)] + f"{float(amount) + 0.01:.2f}".encode()
    yield "the digest of another file", content[:-4] + b"0\r\n", "结尾行|校验值"
    yield "cut in the middle", content[: len(content) // 2], "不完整"
    yield "a mark at the head", b"\xef\xbb\xbf" + content, "第 1 行：文件开头"
    yield "Unix line ends", content.replace(b"\r\n", b"\n"), "第 1 行：换行符"
    yield "old Macintosh line ends", content.replace(b"\r\n", b"\r"), "换行符"
    yield "one line end of another kind", content.replace(b"\r\n", b"\n", 1), "换行符"
    yield "blank lines at the end", content + b"\r\n\r\n", "末尾多出空行"
    yield "UTF-8", content.decode("gb18030").encode("utf-8"), "校验值|列数"
    yield "a line a fen more", joined([head, fen_more, second, *rest]), "金额"
    yield "a line that is missing", joined([head, first, *rest]), "笔数"
    yield "a line twice", joined([head, first, first, *rest]), "第 2 行|重复"
    yield "a line twice with two results", joined([head, first, first.replace(b"|0|", b"|1|"), *rest]), "重复"
    stray = second.replace(head.split(b"|")[0], b"320682999900")
    yield "a line of another batch", joined([head, first, stray, *rest]), "第 3 行：属于另一批次"
    yield "a result nobody agreed on", joined([head, first.replace(b"|0|", b"|9|", 1), second, *rest]), "第 2 行：结果代码"
    yield "nothing", b"", "空"
    yield "another file", "姓名,身份证号\r\n王一,1\r\n".encode("gb18030"), "不完整|结尾行"
    assert joined(rows[:-2] + rows[-2:]) == content


def test_every_spoilt_return_file_is_refused_and_the_true_one_is_taken_after_all_of_them(world: World) -> None:
    sent = world.month("2018-12")[0]
    back = world.answer(sent, {"冯翠华": "curable", "陈桂兰": "unknown", "张玉珍": "unknown"})
    content, before = back.read_bytes(), kept()
    for deed, spoilt, said in deeds(content):
        back.write_bytes(spoilt)
        with pytest.raises((BankFileRefused, UnknownBatch), match=said) as caught:
            world.take(back, DAY)
        assert back.name in str(caught.value), deed
        assert caught.value.exit_code == 2, deed
        assert kept() == before, deed
    back.write_bytes(content)
    world.take(back, DAY)
    other = back.rename(back.with_name("另一个名字.txt"))
    after = kept()
    assert (world.take(other, DAY).repeated, kept()) == (True, after)
    _an_older_one_after_a_newer_one_is_refused(world, sent)


def _an_older_one_after_a_newer_one_is_refused(world: World, sent: Path) -> None:
    second = world.answer(sent, {"张玉珍": "curable"}, only=["张玉珍"], sequence=2)
    world.take(world.answer(sent, {"陈桂兰": "unknown"}, only=["陈桂兰"], sequence=3), DAY)
    before = kept()
    with pytest.raises(BankFileRefused, match="旧文件"):
        world.take(second, DAY)
    assert kept() == before


def test_the_command_names_the_file_and_leaves_with_two(opened: Stranger) -> None:
    folder: Path = opened.folder
    (folder / "HP.txt").write_bytes(b"\xef\xbb\xbfB|1|20181221|1|1|1.00\r\n")
    (folder / "HP").mkdir()
    (folder / "a\nb.txt").write_bytes(b"")
    for name in ("HP.txt", "HP", "a\nb.txt", "missing.txt"):
        assert name.replace("\n", "□") in refused(opened("bank", "return", name, "--by", "finance", "--on", "2018-12-14"))
