"""
Make findings of what content scanners saw, wherever it lies: in files that stand and in files that
a later layer deleted or replaced, whose bytes ship all the same.

Law: no finding holds a secret's value. A spot that several layers carry at one place with one value
is one finding, in the lowest of them. The finding's id is made of kind, rule, place and a running
number, never of the value, its fingerprint, a line or a layer's digest: it survives a rebuild.
"""

import hmac
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

from msgspec.structs import replace

from pratique.formats.overlay.tree import MergedTree
from pratique.kit.limits import DEFAULT
from pratique.model.finding import Evidence, Finding, FindingKind
from pratique.model.layer import Entry, EntryKind, LayerFacts
from pratique.model.package import LayerRef
from pratique.model.spot import Scanner, Spot

Fingerprint = Callable[[str], str]
"""Make the keyed fingerprint of a value from the sha256 (hex) of it."""

_KINDS = {
    Scanner.SECRET: FindingKind.SECRET,
    Scanner.MALWARE: FindingKind.MALWARE,
}


def fingerprint_under(key: bytes) -> Fingerprint:
    """
    Return the function that makes fingerprints under an organisation's key.

    HMAC-SHA256 (RFC 2104) over the sha256 of the value, 32 hex digits: who has not the key can
    neither guess a weak value nor compare two.

    >>> make = fingerprint_under(b"k" * 32)
    >>> make("00" * 32) == make("00" * 32), len(make("11" * 32))
    (True, 32)
    """

    def make(digest: str) -> str:
        return hmac.digest(key, bytes.fromhex(digest), "sha256").hex()[:32]

    return make


def place_spots(
    tree: MergedTree,
    layers: Sequence[LayerFacts],
    fingerprint: Fingerprint,
    most: int = DEFAULT.image_spots,
    tell: Callable[[str], None] = lambda reason: None,
) -> tuple[Finding, ...]:
    """
    Return the findings of secrets and malware in all layers, sorted by id.

    They are ``most`` at most, those of the lowest layers; ``tell`` is told when there are more.
    """
    placing = _Placing(tree, layers)
    findings: dict[str, Finding] = {}
    taken: dict[str, int] = {}
    seen: dict[tuple[str, str, str, str], str] = {}
    for index, entry, spot in _spots(layers):
        kind = _KINDS.get(spot.scanner)
        if kind is None:
            continue
        same = kind.value, spot.rule, entry.path + spot.inside, spot.digest or str(spot.line)
        hidden_by = placing.hidden_by(index, entry)
        if known := seen.get(same):
            if hidden_by is None and findings[known].hidden_by is not None:
                said = _description(spot, None)  # a later layer brought the same back
                findings[known] = replace(findings[known], hidden_by=None, description=said)
            continue
        if len(findings) >= most:
            tell(f"more than {most} secrets and signs of malware were seen in the image")
            break
        identity = _free(f"{kind}:{spot.rule}:{entry.path}{spot.inside}", findings, taken)
        seen[same] = identity
        findings[identity] = finding_of(
            spot,
            identity,
            entry.path + spot.inside,
            layer=tree.refs[index],
            hidden_by=hidden_by,
            fingerprint=fingerprint,
        )
    return tuple(findings[identity] for identity in sorted(findings))


def finding_of(
    spot: Spot,
    identity: str,
    location: str,
    *,
    layer: LayerRef | None,
    hidden_by: LayerRef | None,
    fingerprint: Fingerprint,
) -> Finding:
    """Return the finding of one spot."""
    return Finding(
        id=identity,
        kind=_KINDS[spot.scanner],
        rule=spot.rule,
        title=spot.title,
        names=spot.aliases,
        description=_description(spot, hidden_by),
        severity=spot.severity,
        severity_source="pratique",
        confidence=spot.confidence,
        location=location,
        line=spot.line,
        layer=layer,
        hidden_by=hidden_by,
        masked=spot.shown,
        fingerprint=fingerprint(spot.digest) if spot.digest else "",
        evidence=(Evidence(advisory=spot.rule, feed="pratique", name=location, note=spot.note),),
    )


def _description(spot: Spot, hidden_by: LayerRef | None) -> str:
    said = spot.note or spot.title
    if hidden_by is None:
        return said
    return f"{said}; a later layer ({hidden_by.index}) hides the file, its bytes still ship"


def _spots(layers: Sequence[LayerFacts]) -> Iterator[tuple[int, Entry, Spot]]:
    for index, layer in enumerate(layers):
        for facts in layer.found:
            for spot in facts.spots:
                yield index, layer.entries[facts.position], spot


def _free(identity: str, findings: dict[str, Finding], taken: dict[str, int]) -> str:
    """
    Return an id that no other finding has: the second of a kind in a file ends with ``#2``.

    ``taken`` remembers the last number of each, so that thousands of a kind are not counted anew.
    """
    number = taken.get(identity, 0)
    while True:
        number += 1
        free = identity if number == 1 else f"{identity}#{number}"
        if free not in findings:
            taken[identity] = number
            return free


class _Placing:
    """Say which later layer hides a file of an earlier one."""

    def __init__(self, tree: MergedTree, layers: Sequence[LayerFacts]) -> None:
        self._tree = tree
        self._layers = layers
        self._hiders: dict[int, tuple[frozenset[str], frozenset[str]]] = {}

    @cached_property
    def _standing(self) -> frozenset[tuple[int, str]]:
        """The layer and path at which the bytes of each file of the merged tree stand."""
        found = ((leaf.source, leaf.position) for leaf in self._tree.leaves())
        return frozenset((at, self._layers[at].entries[where].path) for at, where in found)

    def hidden_by(self, index: int, entry: Entry) -> LayerRef | None:
        """
        Return the lowest later layer that hides ``entry`` of layer ``index``; None if it stands.

        What a later entry of its own layer replaced is hidden by that layer.
        """
        if (index, entry.path) in self._standing:
            return None
        parents = tuple(_parents(entry.path))
        for later in range(index + 1, len(self._layers)):
            at, below = self._hider(later)
            if entry.path in at or any(parent in below for parent in parents):
                return self._tree.refs[later]
        return self._tree.refs[index]

    def _hider(self, index: int) -> tuple[frozenset[str], frozenset[str]]:
        """Return the paths at which a layer hides something, and those below which it does."""
        if index not in self._hiders:
            entries = self._layers[index].entries
            at = (one.path for one in entries if one.kind is not EntryKind.OPAQUE)
            below = (one.path for one in entries if one.kind is not EntryKind.DIRECTORY)
            self._hiders[index] = frozenset(at), frozenset(below)
        return self._hiders[index]


def _parents(path: str) -> Iterator[str]:
    while path := path.rpartition("/")[0]:
        yield path
