"""
Build real Dockerfiles before and after their fixes, and say what differs.

``python -m bench.verify_build --shared FOLDER`` takes the files of ``fixtures/dockerfiles/files.zip`` that
``bench/worlds.py`` gives bases and contexts in which their steps really run, without a network, and prints
one row for each, then which rule was mended in which file. ``--others`` takes the other files that get
fixes, puts an image of ``images/`` in place of each base (by its family: alpine, busybox, else Debian),
and makes empty stand-ins for the files that COPY and ADD name; ``--network`` lets these load packages, and
first completes the Debian image, from which some were taken out. ``--only TEXT`` takes files whose names
hold one of the texts. Without the folder it says so and does nothing.
"""

import argparse
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.worlds import CASES, Case, Worlds, lay
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
| | file | base | stands for it | fixes | withdrawn | paths | MB | what the fixes changed |
|---:|---|---|---|---:|---:|---:|---:|---|"""


def main() -> None:
    """Print the table, and why other files do not build."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--others", action="store_true", help="those with empty contexts")
    parser.add_argument("--network", action="store_true")
    parser.add_argument("--only", action="append", default=[], metavar="TEXT")
    parser.add_argument("--why", action="store_true", help="say why the others do not build")
    given = parser.parse_args()
    files = given.shared / "fixtures/dockerfiles/files.zip"
    if not files.is_file():
        sys.exit(f"nothing to build: {files} is not there")
    with (
        TemporaryDirectory() as kept,
        Buildah(network=given.network, seconds=SECONDS) as builder,
    ):
        if given.others:
            others(given, files, Path(kept), builder)
        else:
            chosen = [one for one in CASES if _wanted(one.file, given.only)]
            show(in_worlds(given.shared, chosen, Path(kept), builder))


def in_worlds(
    shared: Path, cases: Sequence[Case], folder: Path, builder: Buildah
) -> Iterator[tuple[Case, LintedFile]]:
    """Yield each file with its fixes and what its builds have shown."""
    worlds = Worlds(builder, shared / "images", folder / "worlds")
    with zipfile.ZipFile(shared / "fixtures/dockerfiles/files.zip") as archive:
        names = {name.rpartition("/")[2]: name for name in archive.namelist()}
        for case in cases:
            place = folder / case.file / "Dockerfile"
            text = case.text or archive.read(names[case.file])
            lay(place.parent, {"Dockerfile": text, **case.context})
            made = {base: worlds.base(world) for base, world in case.worlds.items()}
            yield case, linted(place, builder, Bases(targets=case.worlds, names=made))


def show(built: Iterator[tuple[Case, LintedFile]]) -> None:
    """Print the table of the files, and that of the rules."""
    mended: dict[str, list[str]] = {}
    print(HEAD)
    for number, (case, file) in enumerate(built, 1):
        print(_row(number, case.file, file, case.worlds), flush=True)
        for rule in {hit.finding.rule for hit in file.mended.made} if file.mended else ():
            mended.setdefault(rule, []).append(str(number))
    print("\n| rule | mended in file |\n|---|---|")
    for rule, numbers in sorted(mended.items()):
        print(f"| `{rule}` | {', '.join(numbers)} |")


def others(given: argparse.Namespace, files: Path, kept: Path, builder: Buildah) -> None:
    """Print the rows of the files that build on our images with empty contexts."""
    refused: Counter[str] = Counter()
    images = given.shared / "images"
    print(HEAD)
    names = {image: builder.base(f"oci-archive:{images / image}") for image in IMAGES.values()}
    if given.network:
        complete(builder, names)
    for number, place in enumerate(contexts(files, kept, given.only), 1):
        row = built(number, place, builder, names)
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
            if not last or not _wanted(last, only):
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


def built(number: int, place: Path, builder: Buildah, names: dict[str, str]) -> str:
    """Return the row of a file, the reason why it has none, or nothing without fixes."""
    stages = scene_of(place.read_bytes()).stages
    bases = {one.image for one in stages if one.parent is None and one.image != "scratch"}
    if any(not base or base.endswith(("-", ":")) for base in bases):
        return "a base that only a build argument names"
    images = {base: _image(base) for base in bases}
    held = Bases(targets=images, names={base: names[image] for base, image in images.items()})
    file = linted(place, builder, held)
    if file.mended is None or not (file.mended.made or file.mended.withdrawn):
        return ""
    return _row(number, place.parent.name, file, images)


def linted(place: Path, builder: Buildah, bases: Bases) -> LintedFile:
    """Return a Dockerfile with all its fixes, built without them and with them."""
    settings = LintSettings(
        paths=(str(place),),
        now=NOW,
        pedantic=True,
        shellcheck=False,
        fixes=frozenset(FixClass),
        builder=builder,
        bases=bases,
    )
    (file,) = lint_files(settings).files
    return file


def _wanted(name: str, only: list[str]) -> bool:
    return not only or any(text in name for text in only)


def _row(number: int, name: str, file: LintedFile, images: Mapping[str, str]) -> str:
    if file.mended is None or file.rebuilt is None or not file.rebuilt.paths:
        return file.rebuilt.said if file.rebuilt else "no fix"
    shown = file.rebuilt
    cells = [
        str(number),
        name.replace("__", "/", 1),
        "<br>".join(f"`{base}`" for base in sorted(images)),
        "<br>".join(sorted({image.partition(".oci")[0] for image in images.values()})),
        str(len(file.mended.made)),
        str(len(file.mended.withdrawn)),
        " → ".join(f"{number:,}" for number in shown.paths),
        " → ".join(f"{size / 1e6:.2f}" for size in shown.size_bytes),
        str(shown.differences).replace("|", "\\|") or "nothing",
    ]
    return "| " + " | ".join(cells) + " |"


def _image(base: str) -> str:
    return next(image for word, image in IMAGES.items() if word in base)


if __name__ == "__main__":
    main()
