"""The covers: a drawn one where none is given, and images made fit for podcast apps."""
