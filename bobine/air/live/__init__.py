"""A live show without any screen: its journal, its state, and the actions of the technician."""
