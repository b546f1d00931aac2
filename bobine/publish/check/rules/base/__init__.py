"""The rules of RSS 2.0, its dates and pages, of PSP-1 and of Apple."""
