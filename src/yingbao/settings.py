"""Django settings, from the environment or one ``yingbao.toml``. With neither, everything works.

| what | environment | toml | default |
|---|---|---|---|
| database | ``YINGBAO_DATABASE_URL`` | ``database_url`` | ``sqlite:///var/yingbao.sqlite3`` |
| key folder | ``YINGBAO_KEYS`` | ``keys`` | ``keys`` beside the SQLite file, else ``var/keys`` |
| crypto profile | ``YINGBAO_CRYPTO`` | ``crypto`` | ``intl`` (or ``guomi``) |

The toml is the file named by ``YINGBAO_CONFIG``, or ``yingbao.toml`` where the program starts.
The environment wins over the file.
"""

from __future__ import annotations

import os
import secrets as random_bytes
import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from yingbao.values.errors import YingbaoError

CRYPTO_PROFILES = ("intl", "guomi")
DEFAULT_DATABASE = "sqlite:///var/yingbao.sqlite3"
# A clerk who clicks while a load runs waits this long for SQLite's one writer.
SQLITE_TIMEOUT_SECONDS = 20
# REPLACE INTO deletes silently unless triggers recurse: append-only tables need it on. Half a million rows into an
# index in no order need the index in memory (KiB, taken only as it is used): SQLite's own 2 MB write each page many times.
_SQLITE_START = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA recursive_triggers=ON; PRAGMA cache_size=-98304"
)


class BadConfiguration(YingbaoError):
    """A setting that cannot be used: ``name`` and ``text`` say which."""

    zh = "配置项“{name}”的值“{text}”不能使用。请检查环境变量或 yingbao.toml。本次没有写入任何数据。"
    en = "The setting '{name}' cannot be '{text}'. Check the environment or yingbao.toml. Nothing was written."


def _from_file() -> dict[str, Any]:
    named = os.environ.get("YINGBAO_CONFIG")
    path = Path(named or "yingbao.toml")
    if not path.is_file():
        if named:
            raise BadConfiguration(name="YINGBAO_CONFIG", text=named)
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise BadConfiguration(name=str(path), text=str(error)) from error


def sqlite_path(url: str) -> Path | None:
    """The file of a ``sqlite:///path`` address (four slashes: from the root), else None."""
    return Path(unquote(url.removeprefix("sqlite:///"))) if url.startswith("sqlite:///") else None


def database(url: str) -> dict[str, Any]:
    """The Django entry of a database address. Raises BadConfiguration for another kind."""
    if path := sqlite_path(url):
        options = {
            "transaction_mode": "IMMEDIATE",
            "timeout": SQLITE_TIMEOUT_SECONDS,
            "init_command": _SQLITE_START,
        }
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path.absolute()), "OPTIONS": options}
    parts = urlsplit(url)
    if parts.scheme not in ("postgresql", "postgres"):
        # Never echo the address: it may hold a password.
        raise BadConfiguration(name="YINGBAO_DATABASE_URL", text=f"{parts.scheme}://…")
    extra = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": extra.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": extra,
    }


def keys_folder(url: str) -> Path:
    """Where keys lie when nobody says: beside the SQLite file, never inside the database."""
    path = sqlite_path(url)
    return (path.parent if path else Path("var")).absolute() / "keys"


_FILE = _from_file()


def _setting(variable: str, name: str, default: str) -> str:
    return os.environ.get(variable) or str(_FILE.get(name, default))


DATABASE_URL = _setting("YINGBAO_DATABASE_URL", "database_url", DEFAULT_DATABASE)
YINGBAO_KEYS = Path(_setting("YINGBAO_KEYS", "keys", str(keys_folder(DATABASE_URL))))
YINGBAO_CRYPTO = _setting("YINGBAO_CRYPTO", "crypto", "intl")
if YINGBAO_CRYPTO not in CRYPTO_PROFILES:
    raise BadConfiguration(name="YINGBAO_CRYPTO", text=YINGBAO_CRYPTO)

DATABASES = {"default": database(DATABASE_URL)}
INSTALLED_APPS = ["yingbao.store"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
LANGUAGE_CODE = "zh-hans"
USE_I18N = False
# No page is served by the command line; the office's pages set their own key.
SECRET_KEY = os.environ.get("YINGBAO_SECRET_KEY") or random_bytes.token_urlsafe(32)
