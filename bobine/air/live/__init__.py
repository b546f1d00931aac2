"""A live show without any screen: its stage, journal, state and recorder, and the actions of the technician."""
