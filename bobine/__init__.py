"""Bobine: the workshop of a community radio show, from the rundown to the podcast."""

import os

# numpy's matrices are small here: threads for them wait for one another longer than they compute
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

__version__ = "0.1.0"
