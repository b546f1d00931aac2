"""Corrections, withdrawals and rights of reply: what changes of an episode once it is online, and its audit trail."""
