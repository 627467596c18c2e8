"""Personal values at rest."""

from __future__ import annotations

import re
import stat
from pathlib import Path

import pytest
from django.conf import settings

from yingbao.store import secrets
from yingbao.store.errors import KeyMissing, KeysDoNotFit, KeyUnreadable, SealBroken
from yingbao.values.identity import AccountNumber

COLUMN = ("store_person", "id_cipher")
NUMBER = "320682195811301234"


@pytest.fixture(params=["intl", "guomi"])
def profile(request, sqlite, monkeypatch):
    monkeypatch.setattr(settings, "YINGBAO_CRYPTO", request.param)
    secrets.forget()
    yield request.param
    secrets.forget()


def test_a_sealed_value_opens_in_its_row(profile):
    assert secrets.unseal(*COLUMN, 7, secrets.seal(*COLUMN, 7, NUMBER)).reveal() == NUMBER


def test_a_sealed_value_says_its_algorithm_and_key_and_nothing_of_the_value(profile):
    sealed = secrets.seal(*COLUMN, 7, NUMBER)
    algorithm = {"intl": "aes256gcm", "guomi": "sm4gcm"}[profile]
    assert re.fullmatch(rf"v1:{algorithm}:k1:[\w-]{{16}}:[\w-]+", sealed)


def test_the_same_value_never_looks_the_same(profile):
    sealed = secrets.seal_many(*COLUMN, [1] * 5000, [NUMBER] * 5000)
    assert len({one.split(":")[3] for one in sealed}) == 5000


@pytest.mark.parametrize("place", [("store_person", "other", 7), ("other", "id_cipher", 7), ("store_person", "id_cipher", 8)])
def test_a_value_copied_elsewhere_does_not_open(profile, place):
    sealed = secrets.seal(*COLUMN, 7, NUMBER)
    with pytest.raises(SealBroken):
        secrets.unseal(*place, sealed)


def test_no_character_of_a_sealed_value_can_change(profile):
    sealed = secrets.seal(*COLUMN, 7, NUMBER)
    for at, character in enumerate(sealed):
        flipped = sealed[:at] + ("A" if character != "A" else "B") + sealed[at + 1 :]
        with pytest.raises((SealBroken, KeyMissing)):
            secrets.unseal(*COLUMN, 7, flipped)


def test_what_is_not_there_stays_not_there(profile):
    sealed = secrets.seal_many(*COLUMN, [1, 2], [None, NUMBER])
    assert (sealed[0], secrets.unseal_many(*COLUMN, [1, 2], sealed)) == (None, [None, NUMBER])


def test_old_values_open_after_rotation_and_new_ones_have_the_new_key(profile):
    old = secrets.seal(*COLUMN, 7, NUMBER)
    assert secrets.rotate() == "k2"
    new = secrets.seal(*COLUMN, 7, NUMBER)
    assert ":k2:" in new
    assert secrets.unseal_many(*COLUMN, [7, 7], [old, new]) == [NUMBER, NUMBER]


def test_a_value_of_the_other_profile_still_opens(profile, monkeypatch):
    sealed = secrets.seal(*COLUMN, 7, NUMBER)
    monkeypatch.setattr(settings, "YINGBAO_CRYPTO", "intl" if profile == "guomi" else "guomi")
    assert secrets.unseal(*COLUMN, 7, sealed).reveal() == NUMBER


def test_a_missing_key_is_named(profile):
    sealed = secrets.seal(*COLUMN, 7, NUMBER)
    Path(settings.YINGBAO_KEYS, "k1.key").unlink()
    secrets.rotate()
    Path(settings.YINGBAO_KEYS, "k1.key").rename(Path(settings.YINGBAO_KEYS, "k2.key"))
    secrets.forget()
    with pytest.raises(KeyMissing, match="k1"):
        secrets.unseal(*COLUMN, 7, sealed)


def test_a_damaged_key_file_is_named(profile):
    file = Path(settings.YINGBAO_KEYS, "k1.key")
    file.write_text("yingbao-key-v1\nabc\n")
    secrets.forget()
    with pytest.raises(KeyUnreadable, match=r"k1\.key"):
        secrets.seal(*COLUMN, 7, NUMBER)


def test_keys_are_for_their_owner_only(profile):
    modes = {stat.S_IMODE(file.stat().st_mode) for file in Path(settings.YINGBAO_KEYS).glob("*.key")}
    assert modes == {0o600}


def test_an_index_is_found_again_however_it_was_typed(profile):
    assert secrets.index("id", " 32068219581130123ｘ ") == secrets.index("id", "32068219581130123X")


def test_an_index_is_256_bits_and_differs_by_kind_and_key(profile):
    found = {secrets.index("id", NUMBER), secrets.index("account", NUMBER)}
    Path(settings.YINGBAO_KEYS, "index.key").unlink()
    secrets.forget()
    found.add(secrets.index("id", NUMBER))
    assert len(found) == 3
    assert all(re.fullmatch("[0-9a-f]{64}", one) for one in found)


def test_many_indexes_are_each_the_same_as_one(profile):
    assert secrets.index_many("id", [NUMBER, None, AccountNumber("12345678")]) == [
        secrets.index("id", NUMBER), None, secrets.index("id", "12345678")]  # fmt: skip


def test_a_block_of_cells_comes_back_whole(profile):
    block = secrets.seal_block("store_sourceblock", "cipher", 3, "张三,320682".encode() * 500)
    assert secrets.unseal_block("store_sourceblock", "cipher", 3, block) == "张三,320682".encode() * 500
    assert len(block) < 500


def test_a_folder_of_other_keys_is_refused(database, tmp_path, monkeypatch):
    secrets.check_fit()
    monkeypatch.setattr(settings, "YINGBAO_KEYS", tmp_path / "other")
    secrets.folder()
    secrets.forget()
    with pytest.raises(KeysDoNotFit):
        secrets.check_fit()
