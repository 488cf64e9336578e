"""Each rule that Falco's maintainers keep fires on a behaviour that it is about, but those named at load."""

import pytest

from tests.conftest import missing
from tests.e2e.runtime.falco.deeds import deeds
from tests.e2e.runtime.falco.measure import measured
from tests.e2e.runtime.falco.page import PAGE, kept, never, written
from tests.e2e.runtime.falco.rules import SETTINGS, files, loaded

RULES = 93
PATIENCE_S = 300
OF_EVERY_CONTAINER = {"Container Run as Root User"}
"""Of each that starts as root, as those of this test do."""


@pytest.fixture(scope="module")
def rules(shared):
    """Return the rules with what is left to whoever runs them."""
    if not all(one.is_file() for one in files()):
        missing("shared")
    return loaded(SETTINGS)


@pytest.mark.e2e
@pytest.mark.timeout(PATIENCE_S)
def test_each_rule_fires_on_what_it_is_about(podman_program, rules, short_folder, need) -> None:
    """
    Those that stay silent are exactly those of which the loader says that they must.

    A quiet container is told of for nothing but its start. One test, since all is done once.
    """
    for program in {program for one in deeds() for program in one.needs}:
        need(program)
    found = measured(podman_program, short_folder)
    silent = {rule: (one.deed.name, one.said) for one in found for rule in one.missed}
    assert silent.keys() == never(rules), silent
    (quiet,) = (one for one in found if not one.deed.rules)
    assert quiet.told == OF_EVERY_CONTAINER


def test_there_is_a_deed_for_each_rule(rules) -> None:
    named = {rule for one in deeds() for rule in one.rules}
    assert len(named) == RULES
    assert named == {one.name for one in rules.rules}


def test_the_rules_ask_for_nothing_that_no_event_answers(rules) -> None:
    """What they leave to whoever runs them is named as they come."""
    assert rules.unavailable == ()
    assert never(loaded()) == {
        "Launch Disallowed Container",
        "Network Connection outside Local Subnet",
    }


def test_the_page_is_made_of_the_kept_run() -> None:
    assert written(kept()) in PAGE.read_text(), "make it anew: tests.e2e.runtime.falco.measure"
    assert sorted(one.rule for one in kept().rows) == sorted(
        rule for one in deeds() for rule in one.rules
    )
    assert not kept().silent()
