"""A program that is not the recorded one is told with both digests; what cannot be compared is not."""

import hashlib

from pratique.model.severity import Severity
from pratique.tamper.modified_package_file import FIRES, NAME, SILENT, look
from tests.makers.scene import layers, looked_at, scene_of

DPKG = FIRES[2]


def test_it_names_file_package_and_digests() -> None:
    """What a person needs to check it by hand."""
    (seen,) = look(scene_of(DPKG))
    (place,) = seen.places

    was = hashlib.md5(b"#!/bin/sh\necho a\n").hexdigest()
    now = hashlib.md5(b"#!/bin/sh\necho b\n").hexdigest()
    assert place.path == "usr/sbin/a"
    assert place.note == f"a 1 recorded md5 {was}, it has {now}"
    assert seen.severity is Severity.HIGH


def test_it_names_the_layer_that_wrote_the_file() -> None:
    """The database is of the base, the program of a later layer."""
    (seen,) = look(scene_of(FIRES[1]))

    assert seen.layer
    assert seen.layer.index == 1


def test_a_file_that_is_no_program_is_graded_lower() -> None:
    """A changed script beside the programs' folders is worth less."""
    ((status, _, _, _),) = DPKG
    md5 = hashlib.md5(b"#!/bin/sh\n").hexdigest()
    sample = (
        (
            status,
            ("var/lib/dpkg/info/a.md5sums", f"{md5}  usr/share/a/x.sh\n"),
            ("usr/share/a/x.sh", "#!/bin/sh\ntrue\n"),
        ),
    )
    (seen,) = look(scene_of(sample))

    assert seen.severity is Severity.MEDIUM


def test_settings_are_the_users() -> None:
    """A conffile may differ; only the package's own mark makes it one."""
    ((status, listing, sums, file),) = DPKG
    marked = status[1].rstrip("\n") + f"\nConffiles:\n /usr/sbin/a {sums[1].split()[0]}\n\n"
    sample = ((("var/lib/dpkg/status", marked), listing, sums, file),)

    assert list(look(scene_of(DPKG)))
    assert not list(look(scene_of(sample)))


def test_a_file_that_was_not_measured_is_not_told() -> None:
    """Data without an execute bit or a program's magic are not hashed: nothing is claimed of them."""
    ((status, listing, sums, _),) = DPKG
    sample = ((status, listing, sums, ("usr/sbin/a", "no program")),)

    assert not list(look(scene_of(sample)))


def test_one_finding_per_layer() -> None:
    """Findings of one layer share an id, so there is one, by the worst file."""
    ((status, listing, sums, file),) = DPKG
    other = hashlib.md5(b"#!/bin/sh\n").hexdigest()
    both = ("var/lib/dpkg/info/a.md5sums", sums[1] + f"{other}  usr/share/a/x.sh\n")
    sample = ((status, listing, both, file, ("usr/share/a/x.sh", "#!/bin/sh\ntrue\n")),)
    findings = [one for one in looked_at(*layers(sample))[0] if one.rule == NAME]

    assert [one.severity for one in findings] == [Severity.HIGH]
    assert len(findings[0].evidence) == 2


def test_samples_are_of_both_kinds() -> None:
    """The shared test runs them."""
    assert len(FIRES) == 3
    assert len(SILENT) == 4
