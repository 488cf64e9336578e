from pratique.extractors.javascript._yarn import is_berry


def test_a_dependency_of_that_name_does_not_make_a_file_a_newer_one() -> None:
    """Only a key at the start of a line does."""
    assert not is_berry(b'# yarn lockfile v1\n\n"__metadata:x@1":\n  version "1"\n')
    assert is_berry(b"__metadata:\n")
