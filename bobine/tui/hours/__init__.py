"""« Heures »: who was at a show and for how long, and what is given to none in particular."""
