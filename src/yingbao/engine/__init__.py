"""WHERE IT RUNS: the rules over a county's frames, in one process."""
