"""Corrections at a destination: withdrawals, the deletion of what no feed names, and the addresses asked again."""
