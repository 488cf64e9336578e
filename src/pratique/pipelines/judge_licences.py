"""
Judge the licences of one subject: hand what was seen in licence files to those who judge.

Only files that stand in the merged tree count: what a later layer deleted is not passed on as a
program. Run it once the parts of the image are told apart, so that what the application adds is told.
"""

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from pratique.licences.assessing import assess_licences
from pratique.licences.belonging import LicenceFile
from pratique.model.report import Subject
from pratique.model.spot import Scanner, Spot
from pratique.model.units import FileTree
from pratique.pipelines.place_found import Found


def judge_licences(subject: Subject, files: Sequence[LicenceFile]) -> Subject:
    """Return the subject with expressions and classes on its packages, and findings added."""
    assessed = assess_licences(subject.packages, subject.owned, files)
    findings = (*subject.findings, *assessed.findings)
    return replace(subject, packages=assessed.packages, findings=findings)


def licence_files(tree: FileTree, placed: Iterable[Found]) -> tuple[LicenceFile, ...]:
    """Return what the licence scanner saw, by file; files in archives stand for themselves."""
    return tuple(
        LicenceFile(found.path + inside, tuple(spots), tree.layer_of(found.path))
        for found in placed
        for inside, spots in _by_place(found)
    )


def _by_place(found: Found) -> Iterator[tuple[str, list[Spot]]]:
    places: dict[str, list[Spot]] = {}
    for spot in found.facts.spots:
        if spot.scanner is Scanner.LICENCE:
            places.setdefault(spot.inside, []).append(spot)
    yield from sorted(places.items())
