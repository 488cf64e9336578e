"""The built-in sequences are there, apart, and say why."""

from importlib.resources import files

from pratique.detections.correlation.built_in import built_in


def test_every_file_is_a_sequence_of_its_name() -> None:
    folder = files("pratique.detections.correlation") / "sequences"
    names = sorted(one.name.removesuffix(".yaml") for one in folder.iterdir())
    assert [sequence.name for sequence in built_in()] == names
    assert len(names) >= 8


def test_each_says_why_and_names_techniques() -> None:
    for sequence in built_in():
        assert sequence.why, sequence.name
        assert sequence.tags, sequence.name
