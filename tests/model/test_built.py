"""What a fix may change is nothing, unless it says so."""

from pratique.model.built import BuiltFile, Effect
from pratique.model.layer import EntryKind


def test_an_effect_announces_nothing_by_itself():
    """Every glob and field is to be written."""
    assert Effect() == Effect(added=(), removed=(), changed=(), config=())


def test_files_are_equal_whatever_their_time():
    """There is no field for it."""
    one = BuiltFile(EntryKind.FILE, 0o644, 0, 0, "aa")

    assert one == BuiltFile(EntryKind.FILE, 0o644, 0, 0, "aa")
    assert "mtime_s" not in BuiltFile.__struct_fields__
