"""Names of every ecosystem become SPDX expressions; what nobody knows stays unknown and is told."""

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st
from license_expression import get_spdx_licensing

from pratique.licences._name_table import exceptions, names
from pratique.licences._spdx import listed
from pratique.licences._tree import leaves
from pratique.licences.names import FAMILIES, concluded, named, tree_of
from pratique.model.package import PackageType

KNOWN = [
    # RPM before 2022
    ("GPLv2+ and MIT", "GPL-2.0-or-later AND MIT"),
    ("(GPL+ or Artistic) and BSD", "(GPL-1.0-or-later OR Artistic-1.0-Perl) AND LicenseRef-BSD"),
    ("ASL 2.0", "Apache-2.0"),
    ("LGPLv2+ with exceptions", "LGPL-2.0-or-later"),
    ("Public Domain", "LicenseRef-public-domain"),
    # Debian
    ("Expat", "MIT"),
    ("GPL-2+ or Artistic-1", "GPL-2.0-or-later OR Artistic-1.0"),
    ("Expat or GPL-2+, and BSD-3-clause", "(MIT OR GPL-2.0-or-later) AND BSD-3-Clause"),
    ("LGPL-2.1+ or MPL-1.1 or GPL-2+", "LGPL-2.1-or-later OR MPL-1.1 OR GPL-2.0-or-later"),
    # apk, npm, cargo, composer
    ("GPL-2.0-only", "GPL-2.0-only"),
    ("MIT OR Apache-2.0", "MIT OR Apache-2.0"),
    ("MIT/Apache-2.0", "MIT OR Apache-2.0"),
    ("GPL-2.0+", "GPL-2.0-or-later"),
    ("UNLICENSED", "LicenseRef-proprietary"),
    ("MIT BSD GPL2+", "MIT AND LicenseRef-BSD AND GPL-2.0-or-later"),
    ("GFDL-NIV-1.3+", "GFDL-1.3-no-invariants-or-later"),
    # Python
    ("MIT License", "MIT"),
    ("GNU General Public License v3 (GPLv3)", "GPL-3.0-only"),
    ("GNU Lesser General Public License v2 or later (LGPLv2+)", "LGPL-2.0-or-later"),
    ("Mozilla Public License 2.0 (MPL 2.0)", "MPL-2.0"),
    ("Python Software Foundation License", "PSF-2.0"),
    # Maven
    ("The Apache Software License, Version 2.0", "Apache-2.0"),
    ("https://www.apache.org/licenses/LICENSE-2.0.txt", "Apache-2.0"),
    ("Eclipse Public License - v 1.0", "EPL-1.0"),
    (
        "GNU General Public License, version 2 (GPL2), with the classpath exception",
        "GPL-2.0-only WITH Classpath-exception-2.0",
    ),
    ("GPL2 w/ CPE", "GPL-2.0-only WITH Classpath-exception-2.0"),
    # R, Perl
    ("GPL (>= 2)", "GPL-2.0-or-later"),
    ("MIT + file LICENSE", "MIT"),
    ("GPL-2 | GPL-3", "GPL-2.0-only OR GPL-3.0-only"),
    ("perl_5", "Artistic-1.0-Perl OR GPL-1.0-or-later"),
    # slips
    ("((((MIT))))", "MIT"),
    ("MIT and", "MIT"),
    ("GPL, LGPL", "GPL-1.0-or-later AND LGPL-2.0-or-later"),
]


@pytest.mark.parametrize(("text", "expression"), KNOWN)
def test_names_that_are_in_use(text: str, expression: str) -> None:
    """As the databases and manifests of real packages write them."""
    assert (named(text).expression, named(text).unknown) == (expression, ())


@pytest.mark.parametrize("text", ["Dual License", "OSI Approved :: Foo", "GPLish", "see README"])
def test_what_nobody_knows_is_told(text: str) -> None:
    """A reference made of the words, never a licence that sounds alike."""
    found = named(text)

    assert found.expression.startswith("LicenseRef-")
    assert found.unknown == (found.expression,)


def test_a_known_part_does_not_make_the_rest_known() -> None:
    """Half understood is told as half understood."""
    assert named("MIT and Frobnicate").unknown == ("LicenseRef-Frobnicate",)


def test_several_licences_are_a_choice_where_the_ecosystem_says_so() -> None:
    """Maven's are one; of any other type all apply."""
    texts = ("EPL 1.0", "LGPL 2.1")

    assert concluded(texts, PackageType.MAVEN).expression == "EPL-1.0 OR LGPL-2.1-only"
    assert concluded(texts, PackageType.GEM).expression == "EPL-1.0 AND LGPL-2.1-only"
    assert concluded((), PackageType.GEM).expression == ""


def test_every_name_of_the_tables_means_something_that_exists() -> None:
    """SPDX's list holds it, or it is one of our few families."""
    for expression in set(names().values()):
        for leaf in leaves(tree_of(expression)):
            assert leaf.licence in FAMILIES or listed(leaf.licence), expression
            assert not leaf.exception or listed(leaf.exception)
    for exception in exceptions().values():
        found = listed(exception)
        assert found is not None
        assert found.exception, exception


def test_deep_and_long_text_is_one_unknown_name() -> None:
    """Nobody nests brackets nine deep."""
    for text in ("(" * 9 + "MIT AND ISC" + ")" * 9, "MIT or " * 400 + "MIT", "x" * 5000):
        assert named(text).unknown


def test_statements_of_any_length_take_little_room() -> None:
    """A daemon remembers statements; an image may state a licence of megabytes, and many."""
    tracemalloc.start()
    try:
        for number in range(20):
            named(f"{number} " + "licence " * 100_000)
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert kept < 1 << 20


_PIECES = ["MIT", "GPL-2+", "GPL (>= 2)", "and", "or", "with", "(", ")", ",", "/", "|", "x y", "exceptions", "+"]  # fmt: skip


@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(_PIECES)).map(" ".join)))
def test_any_text_gives_an_expression_that_spdx_can_read(text: str) -> None:
    """And one that reads the same when it is read again."""
    found = named(text)

    if found.expression:
        get_spdx_licensing().parse(found.expression, validate=False, strict=False)
        assert named(found.expression).expression == found.expression
