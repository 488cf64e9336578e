"""Write the sample below the folder given as the only argument: images, feeds, recordings."""

import sys
from pathlib import Path

from examples.demo.feeds import write_feeds
from examples.demo.image import write_image
from examples.demo.recordings import write_recordings


def main(arguments: list[str]) -> int:
    """Write all of it and return the exit status."""
    if len(arguments) != 1:
        print("usage: python -m examples.demo FOLDER", file=sys.stderr)
        return 2
    folder = Path(arguments[0])
    write_recordings(folder, write_image(folder / "image"))
    write_feeds(folder / "feeds")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
