"""Names are compared in their whole form and listed to choose from."""

from pratique.sources._names import listing, short_name, whole_name


def test_forms():
    """The short and the whole form of one name are equal; other text stays."""
    assert whole_name("demo/one:1") == whole_name("docker.io/demo/one:1")
    assert short_name("docker.io/demo/one:1") == "demo/one:1"
    assert short_name("1.0") == "1.0"
    assert short_name("NOT a:name") == "NOT a:name"


def test_listing_is_bounded():
    """At most twenty names are listed, each cut to a length."""
    text = listing(f"{number:02}" * 200 for number in range(30))

    assert text.endswith(" and 10 more")
    assert len(text) < 20 * 210
