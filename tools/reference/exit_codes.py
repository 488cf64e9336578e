"""Make the page of exit codes; the numbers are those of ``cli``."""

from pratique.cli import main as command_line
from pratique.cli.options import EXIT_CODES
from pratique.policy.threshold import Outcome
from tools.reference.markdown import note, table

MEANINGS = {
    0: (
        "done, allow",
        "`--fail-on` was not met, or nothing was asked to be decided; `gate`: allow, or warn",
    ),
    1: (
        "denied",
        "a finding is as severe as `--fail-on` or worse; `gate`: a rule of the policy denies; "
        "`diff --fail-on-new`: something is new; `policy test`: an example gets another verdict; `baseline diff`: they differ; "
        "`baseline profile --verify`: something would be refused",
    ),
    2: (
        "usage, or target",
        "a command, option or setting is wrong; or the target cannot be identified: absent, "
        "refused, invalid manifest or config, digest mismatch; or a feed, folder or output cannot be used",
    ),
    3: (
        "undecided",
        "the target was identified, but a layer or an OS package database could not be read; or "
        "`--fail-on` was given and a finding has no known severity, or none of the packages was compared with "
        "advisory data that cover it; `gate`: nothing denies, and something that could was not seen",
    ),
    70: ("internal error", "a bug in pratique; never a verdict"),
    130: ("interrupted", "Ctrl-C; nothing is left half-written"),
}


def pages() -> dict[str, str]:
    """
    Return the page.

    Raises:
        ValueError: the program has an exit code that is not described here, or the reverse.
    """
    used = {EXIT_CODES[outcome] for outcome in Outcome}
    used |= {command_line.EXIT_USAGE, command_line.EXIT_INTERNAL, command_line.EXIT_INTERRUPTED}
    if used != set(MEANINGS):
        raise ValueError(f"exit codes described {sorted(MEANINGS)}, used {sorted(used)}")
    rows = [[f"**{code}**", short, long] for code, (short, long) in MEANINGS.items()]
    text = (
        note("src/pratique/cli")
        + "# Exit codes\n\nA contract: a script may rely on them.\n\n"
        + table(["Code", "Meaning", "When"], rows)
        + "\nAn unreadable package database is never “0 findings”: it is 3.\n"
    )
    return {"docs/reference/exit-codes.md": text}
