"""
Make the fixes of a file, each with proof, and withdraw those that fail it.

Proof of a fix, after its edits are made: the file is read again; its rule has one finding less and no
rule has one more; nothing became unreadable; every byte outside the edits is as before, and so is
every part of the file (instruction, document) that no edit touches. Fixes that do not touch each
other are proved together; where that fails, each by itself. Another round follows until no fix is
left, so that a second run changes nothing. Bounds: ``MOST_ROUNDS``, of at most ``MOST_AT_ONCE`` fixes, and
``MOST_ALONE`` fixes of a file that are proved by themselves.
"""

from collections import Counter
from collections.abc import Collection, Sequence

from msgspec import Struct

from pratique.formats.edits import apply_edits, overlap
from pratique.model.edit import Edit
from pratique.model.errors import FormatError
from pratique.model.fault import FixClass
from pratique.pipelines.lint_looking import Hit, Look, Looked

MOST_ROUNDS = 20
MOST_ALONE = 200
MOST_AT_ONCE = 1_000


class Mended(Struct, frozen=True, kw_only=True):
    """The bytes after the fixes, those that were made, and those that failed with the reason."""

    content: bytes
    made: tuple[Hit, ...] = ()
    withdrawn: tuple[tuple[Hit, str], ...] = ()


def mend(
    content: bytes, look: Look, classes: Collection[FixClass], refused: Collection[str] = ()
) -> Mended:
    """
    Return a file with the fixes of these classes made.

    Args:
        content: the file.
        look: gives only what may be mended.
        classes: the classes of fixes to make.
        refused: rules whose fixes are not to be made.
    """
    mending = _Mending(content, look)
    for _ in range(MOST_ROUNDS):
        allowed = [one for one in mending.looked.hits if one.finding.rule not in refused]
        hits = _chosen(allowed, classes, mending.withdrawn.keys())
        if not hits:
            break
        mending.round(hits)
    return Mended(
        content=mending.content,
        made=tuple(mending.made),
        withdrawn=tuple(mending.withdrawn.values()),
    )


class _Mending:
    """A file between two fixes."""

    def __init__(self, content: bytes, look: Look) -> None:
        self.content = content
        self.look = look
        self.looked = look(content)
        self.made: list[Hit] = []
        self.withdrawn: dict[tuple[str, bytes], tuple[Hit, str]] = {}
        self.left = MOST_ALONE

    def round(self, hits: Sequence[Hit]) -> None:
        """Make the fixes together, or find out which of them fail."""
        if not self._made(hits) and len(hits) > 1:
            good = [hit for hit in hits if self._stands_alone(hit)]
            if len(good) == len(hits):  # each is good, all together are not
                self._made(good[:1])

    def _made(self, hits: Sequence[Hit]) -> bool:
        after, reason = _tried(self.content, hits, self.looked, self.look)
        if after is not None:
            self.made += hits
            self.content, self.looked = after
        elif len(hits) == 1:
            self.withdrawn[_key(hits[0])] = (hits[0], reason)
        return after is not None

    def _stands_alone(self, hit: Hit) -> bool:
        """Prove one fix by itself, without keeping it; withdraw it where that fails."""
        self.left -= 1
        after, reason = None, "too many fixes of this file failed"
        if self.left >= 0:
            after, reason = _tried(self.content, [hit], self.looked, self.look)
        if after is None:
            self.withdrawn[_key(hit)] = (hit, reason)
        return after is not None


def _chosen(
    hits: Sequence[Hit], classes: Collection[FixClass], failed: Collection[tuple[str, bytes]]
) -> list[Hit]:
    """Return the hits whose fixes may be made at once: none touches another."""
    found: list[Hit] = []
    taken: list[Edit] = []
    for hit in hits:
        edits = hit.fault.edits
        if not edits or hit.fault.fix not in classes or _key(hit) in failed:
            continue
        if not overlap(edits, taken) and not _at_one_place(edits, taken):
            found.append(hit)
            taken += edits
        if len(found) == MOST_AT_ONCE:
            break
    return found


def _at_one_place(edits: Sequence[Edit], taken: Sequence[Edit]) -> bool:
    """Return whether two edits begin at one place: which comes first is nobody's to guess."""
    starts = {one.start for one in taken}
    return any(one.start in starts for one in edits)


def _key(hit: Hit) -> tuple[str, bytes]:
    said = b"|".join(b"%d" % len(one.text) + one.text for one in hit.fault.edits)
    return hit.finding.id, said


def _tried(
    content: bytes, hits: Sequence[Hit], before: Looked, look: Look
) -> tuple[tuple[bytes, Looked] | None, str]:
    """Return the new bytes and what is seen in them, or None and the reason."""
    edits = sorted(edit for hit in hits for edit in hit.fault.edits)
    try:
        changed = apply_edits(content, edits)
    except FormatError as error:
        return None, str(error)
    after = look(changed)
    reason = _broken(before, after, hits) or _touched(before, after, edits)
    if not reason and not _same_outside(content, changed, edits):
        reason = "bytes outside the edit changed"
    return (None, reason) if reason else ((changed, after), "")


def _broken(before: Looked, after: Looked, hits: Sequence[Hit]) -> str:
    if len(after.unknowns) > len(before.unknowns):
        return f"the file cannot be read then: {after.unknowns[-1].reason}"
    was = Counter(hit.finding.rule for hit in before.hits)
    now = Counter(hit.finding.rule for hit in after.hits)
    for rule, number in Counter(hit.finding.rule for hit in hits).items():
        if now[rule] > was[rule] - number:
            return f"{rule} is still found then"
    new = sorted(rule for rule in now if now[rule] > was[rule])
    return f"{new[0]} is found then" if new else ""


def _touched(before: Looked, after: Looked, edits: Sequence[Edit]) -> str:
    """Say that a part changed which no edit touches: the parts that stay must stand in order."""
    kept = [
        said
        for start, end, said in before.outline
        if not any(_meets(one, start, end) for one in edits)
    ]
    left = iter(said for _, _, said in after.outline)
    return "" if all(said in left for said in kept) else "a part outside the edit changed"


def _meets(one: Edit, start: int, end: int) -> bool:
    """Return whether an edit changes a part; what is inserted at its edge may belong to it."""
    if one.start == one.end:
        return start <= one.start <= end
    return one.start < end and start < one.end


def _same_outside(content: bytes, changed: bytes, edits: Sequence[Edit]) -> bool:
    shift = at = 0
    for one in (*edits, None):
        end = one.start if one else len(content)
        if content[at:end] != changed[at + shift : end + shift]:
            return False
        if one:
            shift += len(one.text) - (one.end - one.start)
            at = one.end
    return len(content) + shift == len(changed)
