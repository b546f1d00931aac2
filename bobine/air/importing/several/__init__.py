"""Several files that are one recording: their order, where each lies, what overlaps and what is missing."""
