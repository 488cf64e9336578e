from pratique.extractors._pins import Pins
from pratique.extractors.php._composer import Record, add
from pratique.model.package import Scope


def test_requirements_of_the_platform_are_no_packages() -> None:
    """PHP and its extensions are not Composer's."""
    pins = Pins("unit")
    add(
        pins,
        Record(name="a/b", version="1.0", require={"php": "*", "ext-json": "*", "c/d": "*"}),
        Scope.RUNTIME,
        declared=True,
    )
    add(pins, Record(name="c/d", version="v2"), Scope.RUNTIME, declared=True)

    assert [p.depends for p in pins.done().packages] == [("c/d",), ()]


def test_a_record_without_owner_or_version_is_said() -> None:
    """It does not become a package."""
    pins = Pins("unit")
    for record in (
        Record(name="a", version="1"),
        Record(name="a/b/c", version="1"),
        Record(name="a/b"),
    ):
        add(pins, record, Scope.RUNTIME, declared=True)
    found = pins.done()

    assert (found.packages, len(found.unknowns)) == ((), 1)
