"""The screens: a folder each, ``documents/`` for what they work on, ``kit/`` and ``episode/`` for what they share."""
