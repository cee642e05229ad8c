"""Where do the tests write? In memory, where there is room: nothing of it outlives the run.

Every installation made waits for its disk dozens of times, as it must; in memory there is nothing
to wait for. Programs are killed here, but the power is never cut, so that what is proved
stays the same. Whoever sets TMPDIR has it there instead.
"""

import os
import shutil
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")  # noqa: S108 -- only asked whether it is there
ROOM = 3 * 2**30


def write_in_memory() -> None:
    """Let temporary files of this process and of those it starts be in memory."""
    if "TMPDIR" not in os.environ and _has_room():
        os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)


def _has_room() -> bool:
    try:
        memory = Path("/proc/meminfo").read_text("ascii")
        available = next(line for line in memory.splitlines() if line.startswith("MemAvailable"))
        free = min(shutil.disk_usage(MEMORY).free, int(available.split()[1]) * 1024)
    except (OSError, StopIteration):
        return False
    return os.access(MEMORY, os.W_OK) and free > ROOM
