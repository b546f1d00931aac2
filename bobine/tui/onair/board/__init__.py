"""What « Antenne » shows above and under the rundown: the board, the carts, what is said, the keys."""
