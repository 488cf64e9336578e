"""The maintainers' rules, read in place, all of them switched on."""

import os
from pathlib import Path

from pratique.detections.rules.loading import load
from pratique.detections.rules.rule import RuleFile, RuleSet

FILES = ("falco_rules.yaml", "falco-incubating_rules.yaml", "falco-sandbox_rules.yaml")
SETTINGS = Path(__file__).with_name("settings.yaml")
NO_STORIES = Path(__file__).with_name("no-stories.yaml")
_ENABLED = "- rule: {name}\n  enabled: true\n  override: {{enabled: replace}}\n"


def files() -> list[Path]:
    """Return the files of rules, in the order of loading; they may not be there."""
    shared = os.environ.get("PRATIQUE_SHARED") or Path(__file__).parents[5] / "shared"
    return [Path(shared) / "fixtures/falco-rules" / name for name in FILES]


def loaded(*more: Path) -> RuleSet:
    """Return the rules, and what further files change of them."""
    return load([RuleFile(str(one), one.read_bytes()) for one in (*files(), *more)])


def options(place: Path) -> list[str]:
    """Return the options of a watch with all of them; a file that switches them on is written."""
    enabled = place / "enabled.yaml"
    off = [one.name for one in loaded().rules if not one.enabled]
    enabled.write_text("".join(_ENABLED.format(name=name) for name in off))
    rules = [word for one in (*files(), SETTINGS, enabled) for word in ("--rules", str(one))]
    return [*rules, "--sequences", str(NO_STORIES)]
