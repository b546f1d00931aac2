"""Documents that follow their files, the desk that has them all, and what it keeps an eye on."""
