"""What was aired: importing a recording and matching its marks to the rundown."""
