"""
Run every benchmark: ``make bench``, or ``python -m bench [IMAGE…] [--runs N] [--source DIR]``.

Without images it takes those of the shared test data (``PRATIQUE_SHARED``, else ``../shared``).
"""

import os
import sys
from pathlib import Path

from bench import scan

NAMES = (
    "debian-12-slim.oci.tar",
    "alpine-3.10.docker.tar",
    "alpine-3.15-zstd.oci.tar",
    "python-app-alpine.oci.tar",
    "java-fat-busybox.oci.tar",
    "mariner-2-sqlite-trimmed.oci.tar",
)


def main() -> None:
    """Add the default images and mirror to the command line, then measure."""
    shared = Path(os.environ.get("PRATIQUE_SHARED", "../shared"))
    if not any(not word.startswith("-") for word in sys.argv[1:]):
        images = [str(shared / "images" / name) for name in NAMES]
        if not Path(images[0]).is_file():
            sys.exit("bench: name the images to measure: python -m bench IMAGE.tar …")
        sys.argv += images
        if (shared / "mirror").is_dir():
            sys.argv += ["--source", str(shared / "mirror")]
    scan.main()


if __name__ == "__main__":
    main()
