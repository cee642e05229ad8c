"""Tasks for another process; it finds them here by name, as it finds the program's own."""

import math
import os
import sys
from types import ModuleType


def double(number, report):
    report("half way")
    return 2 * number


def never(report):
    report("something")
    while True:
        math.sqrt(2)


def fail(report):
    return math.sqrt(-1)


def who(report):
    return os.getpid()


def unreadable():
    """A task of a module that only this process has."""
    module = ModuleType("only_here")
    exec("def task(report):\n    return 1\n", module.__dict__)  # noqa: S102 -- two lines of ours
    module.task.__module__ = "only_here"
    sys.modules["only_here"] = module
    return module.task
