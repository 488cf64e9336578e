"""
Build real Dockerfiles before and after their fixes, and say what differs.

``python -m bench.verify_build --shared FOLDER`` takes the files of ``fixtures/dockerfiles/files.zip`` that get
fixes, puts an image of ``images/`` in place of each base (by its family: alpine, busybox, else
Debian), makes empty stand-ins for the files that COPY and ADD name, and prints one row for each file
that builds. ``--network`` lets builds load packages, and first completes the Debian image, from which some were
taken out; ``--only TEXT`` takes files whose names hold
one of the texts. Without the folder it says so and does nothing.
"""

import argparse
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from pratique.checks.dockerfile.interface import scene_of
from pratique.formats.dockerfile.reading import sources_of
from pratique.model.errors import FormatError
from pratique.model.fault import FixClass
from pratique.pipelines.building import Bases, Recipe
from pratique.pipelines.lint_files import LintedFile, LintSettings, lint_files
from pratique.pipelines.run_buildah import Buildah

NOW = datetime(2026, 1, 1, tzinfo=UTC)
SECONDS = 300
IMAGES = {
    "alpine": "alpine-3.18-misconfig.oci.tar",
    "busybox": "java-fat-busybox.oci.tar",
    "": "debian-12-slim.oci.tar",
}
"""The image that stands for a base whose name holds the word."""
COMPLETE = "apt-get update && apt-get -y --fix-broken install && rm -rf /var/lib/apt/lists/*"
HEAD = """\
| file | base | stands for it | fixes | withdrawn | paths | MB | what the fixes changed |
|---|---|---|---:|---:|---:|---:|---|"""


def main() -> None:
    """Print the table, and why other files do not build."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--network", action="store_true")
    parser.add_argument("--only", action="append", default=[], metavar="TEXT")
    parser.add_argument("--why", action="store_true", help="say why the others do not build")
    given = parser.parse_args()
    files, images = given.shared / "fixtures/dockerfiles/files.zip", given.shared / "images"
    if not files.is_file():
        sys.exit(f"nothing to build: {files} is not there")
    refused: Counter[str] = Counter()
    print(HEAD)
    with (
        TemporaryDirectory() as kept,
        Buildah(network=given.network, seconds=SECONDS) as builder,
    ):
        names = {image: builder.base(f"oci-archive:{images / image}") for image in IMAGES.values()}
        if given.network:
            complete(builder, names)
        for place in contexts(files, Path(kept), given.only):
            row = built(place, builder, names)
            if row.startswith("|"):
                print(row, flush=True)
            elif row:
                refused[row] += 1
                if given.why:
                    print(f"{place.parent.name}: {row}", file=sys.stderr)
    print(f"\n{refused.total()} files with fixes do not build on these bases without more.")


def complete(builder: Buildah, names: dict[str, str]) -> None:
    """Install what the packages of the Debian image need, so that apt works in it."""
    recipe = f"FROM {names[IMAGES['']]}\nRUN {COMPLETE}\n"
    baked = builder.build(Recipe(content=recipe.encode()))
    if baked.archive is None:
        sys.exit(f"the Debian image cannot be completed: {baked.problem}")
    names[IMAGES[""]] = builder.base(f"docker-archive:{baked.archive}")


def contexts(files: Path, to: Path, only: list[str]) -> Iterator[Path]:
    """Yield each Dockerfile in a folder with stand-ins of what it copies."""
    with zipfile.ZipFile(files) as archive:
        for name in sorted(archive.namelist()):
            last = name.rpartition("/")[2]
            if not last or (only and not any(text in last for text in only)):
                continue
            folder = to / last
            folder.mkdir()
            (folder / "Dockerfile").write_bytes(archive.read(name))
            stand_in(folder)
            yield folder / "Dockerfile"


def stand_in(folder: Path) -> None:
    """Make empty files under the names that COPY and ADD take from the build context."""
    try:
        scene = scene_of((folder / "Dockerfile").read_bytes())
        taken = [one for one in scene.of("COPY", "ADD") if all(f.name != "from" for f in one.flags)]
    except FormatError:
        return
    for one in taken:
        for word in sources_of(one, scene.file.escape)[0]:
            name = word.value.replace("*", "x").replace("?", "x").strip("/")
            place = (folder / name).resolve()
            if "://" in name or "$" in name or not place.is_relative_to(folder.resolve()):
                continue
            if not place.exists():
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(b"")


def built(place: Path, builder: Buildah, names: dict[str, str]) -> str:
    """Return the row of a file, the reason why it has none, or nothing without fixes."""
    stages = scene_of(place.read_bytes()).stages
    bases = {one.image for one in stages if one.parent is None and one.image != "scratch"}
    if any(not base or base.endswith(("-", ":")) for base in bases):
        return "a base that only a build argument names"
    images = {base: _image(base) for base in bases}
    settings = LintSettings(
        paths=(str(place),),
        now=NOW,
        pedantic=True,
        kind=None,
        shellcheck=False,
        fixes=frozenset(FixClass),
        builder=builder,
        bases=Bases(targets=images, names={base: names[image] for base, image in images.items()}),
    )
    (file,) = lint_files(settings).files
    if file.mended is None or not (file.mended.made or file.mended.withdrawn):
        return ""
    return _row(place, file, images)


def _row(place: Path, file: LintedFile, images: dict[str, str]) -> str:
    if file.mended is None or file.rebuilt is None or not file.rebuilt.paths:
        return file.rebuilt.said if file.rebuilt else "no fix"
    shown = file.rebuilt
    cells = [
        place.parent.name.replace("__", "/", 1),
        "<br>".join(f"`{base}`" for base in sorted(images)),
        "<br>".join(sorted({image.partition(".oci")[0] for image in images.values()})),
        str(len(file.mended.made)),
        str(len(file.mended.withdrawn)),
        " → ".join(f"{number:,}" for number in shown.paths),
        " → ".join(f"{size / 1e6:.1f}" for size in shown.size_bytes),
        str(shown.differences).replace("|", "\\|") or "nothing",
    ]
    return "| " + " | ".join(cells) + " |"


def _image(base: str) -> str:
    return next(image for word, image in IMAGES.items() if word in base)


if __name__ == "__main__":
    main()
