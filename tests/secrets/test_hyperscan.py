"""Laws: a kept database is used again; one that is damaged, foreign or unwritable is as good as none."""

import pytest

from pratique.secrets import connections
from pratique.secrets._hyperscan import Hyperscan

TEXT = b"redis://" + b":zwwM5hpA6eEf" + b"@cache:6379"


def kept(folder):
    return sorted(folder.glob("secrets-*.hsdb"))


def test_the_second_run_loads_what_the_first_compiled(tmp_path):
    first = Hyperscan(connections.RULES, tmp_path / "new")
    second = Hyperscan(connections.RULES, tmp_path / "new")
    assert (first.was_kept, second.was_kept) == (False, True)
    assert first.regions(TEXT) == second.regions(TEXT) != []


@pytest.mark.parametrize("damage", ["cut", "flip", "late", "empty", "foreign"])
def test_a_damaged_database_is_compiled_again(tmp_path, damage):
    Hyperscan(connections.RULES, tmp_path)
    (file,) = kept(tmp_path)
    data = file.read_bytes()
    file.write_bytes(
        {
            "cut": data[:-5],
            "flip": data[:90] + b"?" + data[91:],
            "late": data[:-900] + bytes((data[-900] ^ 1,)) + data[-899:],
            "empty": b"",
            "foreign": b"x" * 99,
        }[damage]
    )
    again = Hyperscan(connections.RULES, tmp_path)
    assert not again.was_kept
    assert again.regions(TEXT)
    assert Hyperscan(connections.RULES, tmp_path).was_kept


def test_a_database_that_others_may_write_is_not_believed(tmp_path):
    Hyperscan(connections.RULES, tmp_path)
    (file,) = kept(tmp_path)
    file.chmod(0o666)
    assert not Hyperscan(connections.RULES, tmp_path).was_kept
    assert Hyperscan(connections.RULES, tmp_path).was_kept


def test_other_rules_have_another_database(tmp_path):
    Hyperscan(connections.RULES, tmp_path)
    assert not Hyperscan(connections.RULES[:1], tmp_path).was_kept
    assert len(kept(tmp_path)) == 2


def test_old_databases_are_thinned_out(tmp_path):
    for number in range(20):
        (tmp_path / f"secrets-{number:02}.hsdb").write_bytes(b"")
    Hyperscan(connections.RULES, tmp_path)
    assert len(kept(tmp_path)) == 8
    assert Hyperscan(connections.RULES, tmp_path).was_kept


def test_a_folder_that_cannot_be_written_keeps_nothing(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    assert Hyperscan(connections.RULES, tmp_path / "file" / "below").regions(TEXT)
    assert not list(tmp_path.glob(".hsdb-*"))
