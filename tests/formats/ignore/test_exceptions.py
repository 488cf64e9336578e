"""Read the project's own exceptions."""

import pytest

from pratique.formats.documents.yaml import parse_yaml
from pratique.formats.ignore.exceptions import read_exceptions
from pratique.formats.ignore.rule import IgnoreFile
from pratique.model.errors import FormatError

ENTRY = "{id: CVE-1, owner: team-a, reason: because, expires: 2026-12-31}"


def read(*entries: str, head: str = "pratique-exceptions: 1") -> IgnoreFile:
    """Return the exceptions of a document."""
    listed = "\n".join(f"  - {entry}" for entry in entries)
    return read_exceptions(parse_yaml(f"{head}\nexceptions:\n{listed}".encode()), "f")


def test_an_exception_has_an_owner_a_reason_and_an_end() -> None:
    """It holds through the day it names."""
    (one,) = read(ENTRY).rules
    assert (one.names, one.owner, one.reason) == (("CVE-1",), "team-a", "because")
    assert one.expires == "2027-01-01T00:00:00+00:00"
    assert one.exception
    (timed,) = read(ENTRY.replace("2026-12-31", "'2026-12-31T12:00:00Z'")).rules
    assert timed.expires == "2026-12-31T12:00:00+00:00"


def test_a_package_is_a_name_or_a_package_url() -> None:
    """And a path narrows it further."""
    (url,) = read(ENTRY.replace("{", "{package: 'pkg:npm/x', path: 'srv/**', ")).rules
    (name,) = read(ENTRY.replace("{", "{package: openssl, ")).rules
    assert (url.purls, url.package, url.paths) == (("pkg:npm/x",), "", ("srv/**",))
    assert (name.purls, name.package) == ((), "openssl")


@pytest.mark.parametrize("key", ["id", "owner", "reason", "expires"])
def test_nothing_demanded_may_be_missing(key: str) -> None:
    """Least of all the end."""
    parts = [one for one in ENTRY.strip("{}").split(", ") if not one.startswith(key)]
    with pytest.raises(FormatError, match=f"{key} is missing"):
        read("{" + ", ".join(parts) + "}")


@pytest.mark.parametrize(
    ("entry", "head"),
    [
        (ENTRY.replace("2026-12-31", "soon"), "pratique-exceptions: 1"),
        (ENTRY.replace("{", "{severity: low, "), "pratique-exceptions: 1"),
        (ENTRY, "pratique-exceptions: 2"),
        (ENTRY, "pratique-exceptions: 1\nother: 1"),
    ],
)
def test_what_is_not_understood_is_refused(entry: str, head: str) -> None:
    """No field is passed over."""
    with pytest.raises(FormatError):
        read(entry, head=head)
