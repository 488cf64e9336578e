from pratique.extractors.javascript._reach import reached


def test_a_long_chain_and_a_circle_end() -> None:
    """Nothing recurses, and each is looked at once."""
    needs = {str(number): [str(number + 1), "0"] for number in range(100_000)}

    assert len(reached(["0"], lambda key: needs.get(key, ()))) == 100_001
