"""« Saison »: the Thursdays of a season, what each lacks, what is due."""
