"""Widgets of « Antenne » above and under the rundown: the board, the carts, the notices, the keys."""
