"""Do imports go one way only?"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HEAVY = ("django", "highspy", "numpy", "scipy", "typst")


def test_every_contract_about_imports_is_kept(tmp_path):
    program = Path(sys.executable).with_name("lint-imports")

    done = subprocess.run(
        [program, "--no-logo", "--cache-dir", tmp_path],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr


def test_help_needs_neither_the_framework_nor_the_solver():
    asked = f"import sys, repatria.cli.main; print(*set({HEAVY}).intersection(sys.modules))"

    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)

    assert done.stdout.split() == []
