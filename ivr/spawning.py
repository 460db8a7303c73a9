"""Processes of our own that Python starts for us.

Python looks for the parts of a program that it starts in the current folder first, and whoever may write there
(`cd dialplans; ivr import customers …`) would have their own program run as our user.
"""

import multiprocessing
import os
from multiprocessing.context import SpawnContext


def context() -> SpawnContext:
    """What makes processes that take nothing from the current folder."""
    os.environ["PYTHONSAFEPATH"] = "1"  # as `python -P`; what multiprocessing itself starts inherits it
    return multiprocessing.get_context("spawn")
