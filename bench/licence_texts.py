"""
Score the recognition of licence texts against labels that people gave: Debian's copyright files.

Each paragraph of a machine-readable ``/usr/share/doc/*/copyright`` on this machine names a licence
and gives its text or notice. Only the text is shown to the recogniser; the name is the label. Equal
paragraphs count once; those of fewer than ``WORDS`` words, and names that are no SPDX licence, are
left out. Run ``python -m bench.licence_texts``.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from pratique.licences._copyright_file import is_copyright_file, stated
from pratique.licences._tree import leaves
from pratique.licences.classes import class_of
from pratique.licences.names import named, tree_of
from pratique.licences.recognising import licences_in
from pratique.model.finding import Confidence

FOLDER = Path("/usr/share/doc")
WORDS = 25
Sets = tuple[frozenset[str], frozenset[str]]
"""What is right, and what was recognised."""


def main() -> int:
    """Print how many paragraphs were scored, and precision and recall."""
    paragraphs = list(labelled(FOLDER))
    for title, pairs in (
        ("licences", [(_licences(label), _recognised(body)) for label, body in paragraphs]),
        ("classes", [(_classes(_licences(label)), _classes(_recognised(body))) for label, body in paragraphs]),
    ):  # fmt: skip
        print(title, score(pairs))
    return 0


def labelled(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the SPDX expression and the text of each paragraph, each pair once."""
    seen = set()
    for path in sorted(folder.glob("*/copyright")):
        text = path.read_text(errors="replace")
        for one in stated(text) if is_copyright_file(text) else ():
            label = named(one.name)
            pair = label.expression, one.body
            known = label.expression and "LicenseRef" not in label.expression
            if known and pair not in seen and len(one.body.split()) >= WORDS:
                seen.add(pair)
                yield pair


def score(pairs: list[Sets]) -> str:
    """
    Return the figures over all pairs.

    >>> score([(frozenset("a"), frozenset("a")), (frozenset("b"), frozenset("bc"))])
    'paragraphs 2, equal 1, precision 0.667, recall 1.000'
    """
    right = sum(len(wanted & got) for wanted, got in pairs)
    got_all = sum(len(got) for _, got in pairs) or 1
    wanted_all = sum(len(wanted) for wanted, _ in pairs) or 1
    equal = sum(wanted == got for wanted, got in pairs)
    precision, recall = right / got_all, right / wanted_all
    return f"paragraphs {len(pairs)}, equal {equal}, precision {precision:.3f}, recall {recall:.3f}"


def _recognised(body: str) -> frozenset[str]:
    sure = (one.expression for one in licences_in(body) if one.confidence is not Confidence.LOW)
    return frozenset().union(*map(_licences, sure))


def _licences(expression: str) -> frozenset[str]:
    return frozenset(leaf.licence for leaf in leaves(tree_of(expression)))


def _classes(licences: frozenset[str]) -> frozenset[str]:
    return frozenset(class_of(one).value for one in licences)


if __name__ == "__main__":
    sys.exit(main())
