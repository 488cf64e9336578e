"""Laws: a kept database is used again; one that is damaged, foreign or unwritable is as good as none."""

import pytest

from pratique.secrets import connections
from pratique.secrets._hyperscan import Hyperscan, place_in

TEXT = b"redis://" + b":zwwM5hpA6eEf" + b"@cache:6379"


@pytest.fixture
def place(tmp_path):
    return tmp_path / "new" / "secrets-1.hsdb"


def test_the_second_run_loads_what_the_first_compiled(place):
    assert Hyperscan.kept(place) is None
    first = Hyperscan.compiled(connections.RULES)
    first.keep(place, b"beside")
    second = Hyperscan.kept(place)
    assert second.beside == b"beside"
    assert first.regions(TEXT) == second.regions(TEXT) != []


@pytest.mark.parametrize("damage", ["cut", "flip", "late", "empty", "foreign"])
def test_a_damaged_database_is_none(place, damage):
    Hyperscan.compiled(connections.RULES).keep(place)
    data = place.read_bytes()
    place.write_bytes(
        {
            "cut": data[:-5],
            "flip": data[:50] + bytes((data[50] ^ 1,)) + data[51:],
            "late": data[:-900] + bytes((data[-900] ^ 1,)) + data[-899:],
            "empty": b"",
            "foreign": b"x" * 99,
        }[damage]
    )
    assert Hyperscan.kept(place) is None


def test_a_database_that_others_may_write_is_not_believed(place):
    Hyperscan.compiled(connections.RULES).keep(place)
    place.chmod(0o666)
    assert Hyperscan.kept(place) is None


def test_each_version_of_the_rules_has_a_place_of_its_own(tmp_path):
    assert place_in(tmp_path, "1") == place_in(tmp_path, "1") != place_in(tmp_path, "2")
    assert place_in(tmp_path, "1").parent == tmp_path


def test_a_folder_that_cannot_be_written_keeps_nothing(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    Hyperscan.compiled(connections.RULES).keep(tmp_path / "file" / "below")
    assert [one.name for one in tmp_path.iterdir()] == ["file"]
