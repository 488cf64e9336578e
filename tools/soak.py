"""
Scan the sample for minutes, several processes at once over one cache.

Law: every scan ends with 0 and the same bytes, whoever filled or cleared the cache meanwhile, and
nothing is left in the temporary folder. Prints a line a round; any difference ends it with 1.
"""

import argparse
import hashlib
import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from examples.demo.feeds import write_feeds
from examples.demo.image import TAG, write_image

AT_ONCE = 4
EPOCH = "1770000000"


def main(arguments: list[str]) -> int:
    """Soak for ``--minutes``; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
    minutes = parser.parse_args(arguments).minutes
    with tempfile.TemporaryDirectory(prefix="pratique-soak-") as name:
        folder = Path(name)
        (folder / "tmp").mkdir()
        write_image(folder / "image")
        write_feeds(folder / "feeds")
        return _rounds(folder, time.monotonic() + minutes * 60)


def _rounds(folder: Path, end: float) -> int:
    first = ""
    number = 0
    while number == 0 or time.monotonic() < end:
        number += 1
        with ThreadPoolExecutor(AT_ONCE + 1) as pool:
            running = [pool.submit(_scan, folder) for _ in range(AT_ONCE)]
            # Every third round somebody empties the cache under the scans' feet.
            if number % 3 == 0:
                pool.submit(_run, folder, ["cache", "clear"])
            seen = {one.result() for one in running}
        first = first or min(seen)
        left = [path.name for path in (folder / "tmp").iterdir()]
        if seen != {first} or left:
            print(f"round {number}: results {seen}, left behind {left}", file=sys.stderr)
            return 1
        print(f"round {number}: {AT_ONCE} scans, equal ({first[:19]})", flush=True)
    return 0


def _scan(folder: Path) -> str:
    """Return the digest of one scan's report, or what went wrong."""
    target = ["scan", f"oci:{folder / 'image'}:{TAG}"]
    done = _run(folder, [*target, "--source", str(folder / "feeds"), "-o", "json"])
    if done.returncode:
        return f"exit {done.returncode}: {done.stderr.decode(errors='replace')[-500:]}"
    return "sha256:" + hashlib.sha256(done.stdout).hexdigest()


def _run(folder: Path, arguments: list[str]) -> subprocess.CompletedProcess[bytes]:
    environ = {**os.environ, "SOURCE_DATE_EPOCH": EPOCH, "TMPDIR": str(folder / "tmp")}
    environ |= {"PRATIQUE_CACHE_DIR": str(folder / "cache")}
    command = [sys.executable, "-m", "pratique", *arguments]
    return subprocess.run(command, env=environ, capture_output=True, check=False)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
