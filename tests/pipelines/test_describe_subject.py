"""A subject is told with what every producer says of it; a store that fails hides nothing."""

from datetime import UTC, datetime
from pathlib import Path

from msgspec.structs import replace

from pratique.kit.store import FILE
from pratique.model.finding import FindingKind
from pratique.model.report import Subject, SubjectKind
from pratique.model.spot import Scanner
from pratique.pipelines.describe_subject import DescribeSettings, Lookers, describe_subject
from pratique.pipelines.inspect_image import InspectSettings, inspect_image
from pratique.pipelines.layer_units import NO_UNITS
from pratique.pipelines.load_contents import ContentSettings
from pratique.pipelines.scan_contents import Contents
from tests.makers import layer as make
from tests.makers.spotter import Spotter

SECRETS = ContentSettings(scanners=frozenset({Scanner.SECRET}), fingerprint_key="org")
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def described(settings: DescribeSettings, *, shown: bool = True) -> Subject:
    blobs = make.FakeBlobs()
    image = make.image(blobs, make.tar(make.file("srv/a", b"treasure")), make.tar())
    contents = Contents([Spotter()])
    seen = inspect_image(
        image,
        blobs,
        patterns=settings.patterns,
        units_version="1",
        cache=None,
        settings=InspectSettings(contents=contents),
    )
    subject = Subject(kind=SubjectKind.IMAGE, target="t", image=image if shown else None)
    return describe_subject(subject, seen, Lookers((), NO_UNITS, contents, "1"), settings, image)


def test_what_was_seen_in_files_is_told() -> None:
    """With the unknowns sorted, so that two reports of one image are equal."""
    subject = described(DescribeSettings(contents=SECRETS))

    assert [one.location for one in subject.findings] == ["srv/a"]
    assert list(subject.unknowns) == sorted(subject.unknowns)


def test_the_configuration_is_looked_at_where_that_is_asked() -> None:
    """Then its checks want files too; a folder has no configuration."""
    asked = DescribeSettings(contents=SECRETS, config_at=NOW)
    kinds = {one.kind for one in described(asked).findings}

    assert FindingKind.CONFIG in kinds
    assert asked.patterns
    assert not DescribeSettings(contents=SECRETS).patterns
    assert FindingKind.CONFIG not in {one.kind for one in described(asked, shown=False).findings}


def test_a_store_that_fails_is_told(tmp_path: Path) -> None:
    """Its findings stand; only the base is not known."""
    (tmp_path / FILE).write_bytes(b"no database")
    settings = DescribeSettings(contents=SECRETS)
    without, broken = described(settings), described(replace(settings, store_folder=tmp_path))

    assert [one.unit for one in broken.unknowns if one not in without.unknowns] == ["find_base"]
    assert broken.findings == without.findings
