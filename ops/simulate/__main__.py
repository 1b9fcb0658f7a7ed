"""`python -m ops.simulate`: the simulation as a process of its own."""

import sys

from ops import exit as leaving
from ops import logging
from ops.simulate.cli import run

if __name__ == "__main__":
    logging.configure("simulate")
    leaving.leave(run(sys.argv[1:]))
