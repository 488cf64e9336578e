"""Know the groups of well-known artifacts."""

from pratique.extractors.java import _groups
from pratique.extractors.java._groups import known_group, tomcat_artifact


def test_every_artifact_has_one_group() -> None:
    """None is in two groups of the table, nor in both tables."""
    names = [name for listed in _groups._BY_GROUP.values() for name in listed.split()]

    assert len(names) == len(set(names))
    assert not set(names) & set(_groups._MOVED)


def test_an_artifact_that_moved_is_placed_by_its_version() -> None:
    """In Maven's order, so 3.9 comes before 3.13."""
    assert known_group("javassist", "3.9.0.GA") == "javassist"
    assert known_group("javassist", "3.13.0-GA") == "org.javassist"
    assert known_group("rxjava", "2.2.21") == "io.reactivex.rxjava2"


def test_a_version_that_is_none_places_nothing() -> None:
    """No guess."""
    assert known_group("asm", "\u0000") == ""


def test_a_family_shares_its_start() -> None:
    """By convention of the projects."""
    assert known_group("lucene-anything", "9") == "org.apache.lucene"
    assert known_group("lucene", "9") == ""


def test_steps_of_a_move_are_in_order() -> None:
    """The first is for all versions before the second."""
    assert all(steps[0][0] == "0" for steps in _groups._MOVED.values())


def test_tomcat_keeps_names_it_shares_with_maven_central() -> None:
    """Debian's names, the distribution's and Maven's come to one."""
    assert {tomcat_artifact(jar) for jar in ("tomcat-coyote", "tomcat9-coyote", "coyote")} == {
        "tomcat-coyote"
    }
