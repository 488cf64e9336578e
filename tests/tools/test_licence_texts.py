"""Sketches are made of the current texts of the list, equal ones once."""

import json
from pathlib import Path

from tests.licences.texts import BSD_2, BSD_END, MIT
from tools.licence_texts import made


def test_sketches_of_a_folder(tmp_path: Path) -> None:
    """Withdrawn names are left out; of two names of one text the shorter stays."""
    texts = {"MIT": MIT, "BSD-2-Clause": BSD_2 + BSD_END, "GPL-2.0": "x " * 50, "Nonesuch": MIT}
    for name, content in texts.items():
        (tmp_path / f"{name}.json").write_text(json.dumps({"licenseText": content}))
    (tmp_path / "other.json").write_text(json.dumps({"licenseId": "MIT-0", "licenseText": MIT}))
    found = made(tmp_path)

    assert [one.expression for one in found] == ["BSD-2-Clause", "MIT"]


def test_terms_that_more_follows_have_a_sketch_of_their_own(tmp_path: Path) -> None:
    """Many files leave out how to apply a licence."""
    terms = " ".join(f"term{number}" for number in range(100))
    text = f"{terms}\nEND OF TERMS AND CONDITIONS\nHow to apply it to a program of your own"
    (tmp_path / "Apache-2.0.json").write_text(json.dumps({"licenseText": text}))
    whole, alone = made(tmp_path)

    assert whole.expression == alone.expression == "Apache-2.0"
    assert whole.length > alone.length == 96
