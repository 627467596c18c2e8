"""The proof: identities over the whole store, each computed by two routes. See :func:`run_checks`."""

from yingbao.reports.checks.check import Check
from yingbao.reports.checks.run import ALL, BEYOND, as_json, checked, run_checks

__all__ = ["ALL", "BEYOND", "Check", "as_json", "checked", "run_checks"]
