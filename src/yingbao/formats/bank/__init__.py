"""Bank files both ways: the payment file we send (报盘), the return file we read (回盘). Layout is data."""

from yingbao.formats.bank.errors import (
    BadBankProfile,
    BankFileRefused,
    PaymentFileRefused,
    Problem,
    UnknownBankProfile,
)
from yingbao.formats.bank.profile import DEFAULT_PROFILE, Profile, load_profile, profile_from_text, profile_names
from yingbao.formats.bank.read_payment import read_payment_file
from yingbao.formats.bank.read_return import read_return_file, refuse_unless_verified, verify_against
from yingbao.formats.bank.records import (
    AnswerHead,
    AnswerLine,
    PaymentBatch,
    PaymentLine,
    ReturnReading,
    WrittenFile,
)
from yingbao.formats.bank.write import line_ranges, unwritable_names, write_payment_file
from yingbao.formats.bank.write_return import return_bytes, write_return_file

__all__ = [
    "DEFAULT_PROFILE",
    "AnswerHead",
    "AnswerLine",
    "BadBankProfile",
    "BankFileRefused",
    "PaymentBatch",
    "PaymentFileRefused",
    "PaymentLine",
    "Problem",
    "Profile",
    "ReturnReading",
    "UnknownBankProfile",
    "WrittenFile",
    "line_ranges",
    "load_profile",
    "profile_from_text",
    "profile_names",
    "read_payment_file",
    "read_return_file",
    "refuse_unless_verified",
    "return_bytes",
    "unwritable_names",
    "verify_against",
    "write_payment_file",
    "write_return_file",
]
