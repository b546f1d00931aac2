"""The screens: what the committee plans with. A folder a screen, ``kit/`` for what they share."""
