from pratique.formats.sbom._read_document import Document


def test_two_documents_share_nothing():
    """The lists of one reading are its own."""
    first, second = Document(format="a"), Document(format="b")
    first.diff_ids.append("x")
    assert second.diff_ids == []
