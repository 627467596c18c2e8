"""CHANGES: one verb, one officer, one transaction, one audit row. Nothing else writes."""
