"""The recorder: a process of its own that keeps the sound of the show, whatever becomes of the screen."""
