"""The command line: noun verb. Parse, call one act or report, show."""
