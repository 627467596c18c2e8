"""The command line: noun verb. Parse, call one act or report, show."""

from yingbao.cli.app import app, main

__all__ = ["app", "main"]
