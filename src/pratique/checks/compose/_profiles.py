"""Say which services can run at once."""

from pratique.checks.compose.interface import Service


def together(one: Service, other: Service) -> bool:
    """Say whether two services can run at once: no profiles, or one in common."""
    mine = {item.text for item in one.get("profiles").texts()}
    theirs = {item.text for item in other.get("profiles").texts()}
    return not mine or not theirs or not mine.isdisjoint(theirs)
