"""The proof: identities over the whole store, each computed by two routes. See :func:`run_checks`."""

from yingbao.reports.checks.check import Check
from yingbao.reports.checks.run import ALL, as_json, run_checks

__all__ = ["ALL", "Check", "as_json", "run_checks"]
