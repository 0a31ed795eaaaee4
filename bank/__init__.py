"""The bank where educating cities keep and find their good practices."""

import os

__version__ = "0.1.0"

# Read by numpy when it is loaded. Its matrices are small here: a second thread gains nothing, and where all processors
# are busy the threads wait for one another ten times longer than they work.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
