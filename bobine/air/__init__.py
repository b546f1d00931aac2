"""From going on air to an attached recording: the live journal, recorder and carts, importing, marks, alignment."""
