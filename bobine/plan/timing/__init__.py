"""The timing of a rundown: hours, margins, and the clocks that show them. Pure."""
