"""Planning: timing, what to cut, the season's calendar, readiness, new episodes, the printed sheet."""
