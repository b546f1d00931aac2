"""The rundown on paper and in files: one value, and the forms that it is given out in."""
