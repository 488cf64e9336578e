"""The databases that more than one part looks for are those that their extractors read."""

from pratique.extractors.os import apk, rpm
from pratique.formats.packages import database_paths


def test_extractors_read_them_all() -> None:
    """Each path is wanted as it stands: relative, and kept when a layer is read."""
    assert set(database_paths.APK) <= set(apk.PATTERNS.paths)
    assert set(database_paths.RPM) <= set(rpm.PATTERNS.paths)
    assert not any(path.startswith("/") for path in (*database_paths.APK, *database_paths.RPM))


def test_each_is_named_once() -> None:
    """The manifest is the last: it is read where there is no database."""
    assert len(set(database_paths.RPM)) == len(database_paths.RPM) == 10
    assert database_paths.RPM[-1] == database_paths.RPM_MANIFEST
