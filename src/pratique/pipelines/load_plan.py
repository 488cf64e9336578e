"""Read a plan of responses from where a person keeps it."""

from pathlib import Path

from pratique.model.errors import UsageError
from pratique.responses.plan import MAX_BYTES, Plan, read_plan


def load_plan(path: Path) -> Plan:
    """
    Return the plan in a file.

    Raises:
        UsageError: the file cannot be read, or has a mistake.
    """
    try:
        with path.open("rb") as file:
            return read_plan(file.read(MAX_BYTES + 1), str(path))
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror}") from None
