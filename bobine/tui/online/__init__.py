"""The screen « En ligne »: what listeners have, what differs from the plan, and how to correct or withdraw it."""
