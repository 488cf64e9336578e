"""
Pin the requirements anew: ``requirements/*.in`` -> ``*.txt`` with hashes, for every Python we serve.

uv's resolver is used because pip's backtracks on the full set. The result names versions and
hashes only, never the host they came from. A tool in Go is pinned by Go itself, in its folder of
``requirements/assessors``: ``go get -tool PACKAGE@VERSION``.
"""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ORDER = ("run", "dev", "cri", "lsp", "mcp", "build", "bench", "fuzz")
"""Each is held to the versions of dev, so that two of them can be installed together."""
ALONE = tuple(
    f"assessors/{name}"
    for name in ("bandit", "flawfinder", "hadolint", "schemathesis", "semgrep", "wapiti")
)
"""Tools of others, each installed in an environment of its own (tools/assessors.py)."""
OPTIONS = ("--universal", "--python-version", "3.11", "--generate-hashes", "--no-header", "--quiet")


def main(arguments: list[str]) -> int:
    """Pin all files; ``--upgrade`` takes the newest versions instead of keeping what fits."""
    uv = shutil.which("uv")
    if not uv:
        print("uv is needed to pin requirements (installing them needs only pip)", file=sys.stderr)
        return 2
    for name in (*ORDER, *ALONE):
        free = name in ("run", "dev", *ALONE)
        held = [] if free else ["-c", "requirements/dev.txt"]
        files = ["-o", f"requirements/{name}.txt", f"requirements/{name}.in"]
        command = [uv, "pip", "compile", *OPTIONS, *arguments, *held, *files]
        if subprocess.run(command, cwd=ROOT, check=False).returncode:
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
