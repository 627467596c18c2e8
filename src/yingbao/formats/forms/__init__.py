"""The office's papers as ``.xlsx``: from plain values, ready to print on A4, ID numbers masked unless asked for."""

from yingbao.formats.forms.account import AccountForm, AccountLine, write_account_form
from yingbao.formats.forms.capital import in_words
from yingbao.formats.forms.coverage import CoverageRow, write_coverage_list
from yingbao.formats.forms.payment import (
    ApprovalLine,
    FailedPayment,
    PaymentApproval,
    write_failed_payments,
    write_payment_approval,
)
from yingbao.formats.forms.proxy import (
    FundingApplication,
    ProxyRosterRow,
    write_funding_application,
    write_proxy_roster,
)
from yingbao.formats.forms.waiver import Waiver, write_waiver

__all__ = [
    "AccountForm",
    "AccountLine",
    "ApprovalLine",
    "CoverageRow",
    "FailedPayment",
    "FundingApplication",
    "PaymentApproval",
    "ProxyRosterRow",
    "Waiver",
    "in_words",
    "write_account_form",
    "write_coverage_list",
    "write_failed_payments",
    "write_funding_application",
    "write_payment_approval",
    "write_proxy_roster",
    "write_waiver",
]
