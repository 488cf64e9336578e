"""
Find the policy that was asked for: a built-in profile, or a file.
"""

from pathlib import Path

from pratique.model.errors import UsageError
from pratique.policy.policy import Policy, policy_of
from pratique.policy.profiles import PROFILES

MAX_BYTES = 1 << 20


def load_policy(name: str) -> Policy:
    """
    Return a policy, ready to decide by.

    Raises:
        UsageError: no profile and no file, or a file with a mistake; the message says where.
    """
    if name in PROFILES:
        return policy_of(PROFILES[name])
    file = Path(name)
    try:
        with file.open("rb") as opened:
            content = opened.read(MAX_BYTES + 1)
    except OSError as error:
        raise UsageError(
            f"no policy {name[:80]!r}: {error.strerror}",
            hint=f"give a file, or a profile: {', '.join(PROFILES)}",
        ) from None
    if len(content) > MAX_BYTES:
        raise UsageError(f"{name}: larger than {MAX_BYTES} bytes")
    from pratique.policy.policy_file import read_policy  # only where there is a file

    return read_policy(content, name)
