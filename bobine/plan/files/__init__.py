"""Planning on the disk: transactions, new episodes, spreadsheets read back, sounds that are there."""
