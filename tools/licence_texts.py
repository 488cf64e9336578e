"""
Make ``src/pratique/licences/texts.bin``: the sketches of the texts of the SPDX licence list.

Run ``python -m tools.licence_texts FOLDER``, where FOLDER holds one JSON file per licence with
``licenseText``, named after the licence or with ``licenseId`` in it: the form of ``json/details``
in SPDX's license-list-data, and of the npm package ``spdx-license-list``. What is written are
hashes (see ``pratique.licences._sketch``), never a text. Licences that the list has withdrawn are
left out; of names with the same text (``-only``, ``-or-later``) one is kept. A text that goes on
after its terms (how to apply it, the GPL after the LGPL 3) has a second sketch of the terms alone.
"""

import json
import sys
from pathlib import Path

from license_expression import get_license_index

from pratique.licences._sketch import DATA, Sketch, packed, sketch_of
from pratique.licences._words import words

_OUTPUT = Path("src/pratique/licences") / DATA.name
_SHORT = 12
"""Words below which a text is too common to name a licence."""
_ENDS = ("END OF TERMS AND CONDITIONS", "GNU GENERAL PUBLIC LICENSE\n")
"""What follows the terms of a licence whose list entry holds more."""
_TERMS = 400
"""Characters that terms have at least: the second end stands at the start of the GPL, too."""


def main() -> int:
    """Write the data file and say how many texts it knows."""
    sketches = made(Path(sys.argv[1]))
    _OUTPUT.write_bytes(packed(sketches))
    size = _OUTPUT.stat().st_size
    print(f"{_OUTPUT}: {len(sketches)} texts, {size} bytes")
    return 0


def made(folder: Path) -> tuple[Sketch, ...]:
    """Return the sketches of the texts in a folder, sorted by name, equal ones once."""
    current = {
        row["spdx_license_key"]
        for row in get_license_index()
        if row.get("spdx_license_key") and not row["is_deprecated"]
    }
    by_text: dict[bytes, Sketch] = {}
    for path in sorted(folder.glob("*.json"), key=lambda one: ("-or-later" in one.name, len(one.name), one.name)):  # fmt: skip
        document = json.loads(path.read_text())
        name = document.get("licenseId", path.stem)
        for text in map(words, _forms(document.get("licenseText", ""))):
            if name in current and len(text) >= _SHORT:
                sketch = sketch_of(name, text)
                by_text.setdefault(sketch.hashes, sketch)
    return tuple(sorted(by_text.values(), key=lambda one: (one.expression, -one.length)))


def _forms(text: str) -> list[str]:
    """Return a text, and its terms alone where more follows."""
    ends = [text.find(end, _TERMS) for end in _ENDS]
    first = min((end for end in ends if end > 0), default=0)
    return [text, text[:first]] if first else [text]


if __name__ == "__main__":
    sys.exit(main())
