"""Report that an archive is copied and then unpacked."""

from collections.abc import Iterator

from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.formats.dockerfile.reading import sources_of
from pratique.formats.dockerfile.runs import Run
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "archive-copied"
TITLE = "an archive is copied and then unpacked"
SEVERITY = Severity.NEGLIGIBLE
CONFIDENCE = Confidence.HIGH
ALIASES = ("DL3010",)
RULES = {
    NAME: (
        "COPY puts the archive into a layer of its own, where it stays although a later step "
        "unpacks and deletes it. ADD unpacks a local tar archive by itself and leaves no "
        "copy. Or mount it for the step: RUN "
        "--mount=type=bind,source=x.tar.gz,target=/x.tar.gz tar xzf /x.tar.gz."
    )
}
BAD = (
    "FROM debian:12\nCOPY x.tar.gz /tmp/\nRUN tar -xzf /tmp/x.tar.gz\n",
    "FROM debian:12\nCOPY a /tmp/b.tar\nRUN cd /tmp && tar xf b.tar\n",
)
GOOD = (
    "FROM debian:12\nADD x.tar.gz /tmp/\n",
    "FROM debian:12\nCOPY x.tar.gz /tmp/\nRUN tar -czf /tmp/x.tar.gz /y\n",
    "FROM debian:12\nCOPY --from=a /x.tar.gz /tmp/\nRUN tar -xzf /tmp/x.tar.gz\n",
    "FROM debian:12\nCOPY x.zip /tmp/\nRUN unzip /tmp/x.zip\n",
)
FIXED: tuple[tuple[str, str], ...] = ()


ARCHIVES = (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tbz", ".tb2", ".tar.xz", ".txz", ".tlz", ".tar.lz",
            ".tar.lzma", ".tpz", ".tZ", ".tar.Z", ".tar.zst", ".gz", ".bz2", ".xz", ".lz", ".lzma", ".Z")  # fmt: skip
"""Endings of what ADD unpacks, or hadolint takes for it; zip is not among them."""
_UNPACKERS = ("tar", "bsdtar", "gunzip", "bunzip2", "unxz", "unlzma", "uncompress", "zcat", "gzcat")


def look(scene: Scene) -> Iterator[Fault]:
    """Yield each COPY of an archive that a later RUN of its stage unpacks."""
    for stage in scene.stages:
        unpacked = {
            name for run in scene.runs if run.stage == stage.index for name in _unpacked(run)
        }
        for one in stage.instructions:
            if one.keyword != "COPY" or one.flag("from"):
                continue
            sources, target = sources_of(one, scene.file.escape)
            names = {_base(word.value) for word in sources} | {
                _base(target.value if target else "")
            }
            if target is not None and target.value.endswith(ARCHIVES):
                names = {_base(target.value)}
            found = sorted(name for name in names & unpacked if name.endswith(ARCHIVES))
            if found:
                yield scene.at_instruction(
                    one, f"{found[0]} stays in a layer, and is unpacked later"
                )


def _unpacked(run: Run) -> Iterator[str]:
    for one in run.commands:
        if one.program not in _UNPACKERS:
            continue
        tars = one.program in ("tar", "bsdtar")
        if tars and not (
            one.has("-x", "--extract", "--get") or "x" in one.verb.partition("/")[0][:4]
        ):
            continue
        yield from (_base(name) for name in one.plain)


def _base(path: str) -> str:
    return path.replace("\\", "/").rpartition("/")[2]
