"""Outside files, both ways: rosters, bank files, forms."""
