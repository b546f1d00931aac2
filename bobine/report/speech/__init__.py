"""Political speech inside an election window: seconds for each person and each list, with their places. Pure."""
