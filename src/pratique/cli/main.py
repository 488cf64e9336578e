"""
Run one command line and turn every failure into its exit code.

The exit codes are a contract: 0 done or allow, 1 deny or ``--fail-on`` met, 2 usage error or the
target cannot be identified, 3 undecided, 70 internal error, 130 interrupted.
"""

import errno
import os
import sys
from collections.abc import Callable, Sequence

import click

from pratique import __version__
from pratique.cli.commands import LazyGroup
from pratique.cli.saying import say
from pratique.model.errors import PratiqueError

EXIT_USAGE = 2
EXIT_INTERNAL = 70
EXIT_INTERRUPTED = 130

_REFUSALS = frozenset(
    {
        *(errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO, errno.ENXIO),
        *(errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EAGAIN, errno.ESTALE, errno.ETIMEDOUT),
    }
)
"""What a disk, or this machine's limits, answer whatever we ask: no bug of ours."""


@click.group(
    cls=LazyGroup,
    context_settings={
        "help_option_names": ["-h", "--help"],
        "max_content_width": 100,
        "auto_envvar_prefix": None,
    },
    epilog="Exit codes: 0 done, 1 --fail-on met, 2 usage or target, 3 undecided, 70 internal error.",
)
@click.version_option(__version__, "-V", "--version", message="pratique %(version)s")
@click.option(
    "--config",
    "config_file",
    envvar="PRATIQUE_CONFIG",
    metavar="FILE",
    help="Settings file [default: ./pratique.toml, or [tool.pratique] in ./pyproject.toml].",
)
@click.pass_context
def program(ctx: click.Context, config_file: str | None) -> None:
    """Keep one current, explainable verdict for every container image digest."""
    from pratique.cli.config import default_map  # tomllib: only when a command runs

    group = ctx.command
    if isinstance(group, click.Group):
        ctx.default_map = default_map(config_file, group)


def run(
    arguments: Sequence[str],
    group: click.Group = program,
    interrupted: Callable[[], bool] = lambda: False,
) -> int:
    """
    Run one command line and return its exit code; nothing escapes as a traceback.

    ``interrupted`` says whether the end was asked for: what fails then fails because of it.
    """
    try:
        outcome = group.main(args=list(arguments), prog_name="pratique", standalone_mode=False)
        sys.stdout.flush()
        return outcome if isinstance(outcome, int) else 0
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except (KeyboardInterrupt, click.Abort):
        return _ended()
    except click.ClickException as error:
        say(error.format_message(), _click_hint(error))
        return EXIT_USAGE
    except PratiqueError as error:
        say(str(error), error.hint())
        return EXIT_USAGE
    except BrokenPipeError:
        # The reader of our output went away (`| head`); the flush at exit must not complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        return _refused(error) if error.errno in _REFUSALS else _internal(error)
    except Exception as error:  # noqa: BLE001 the last resort: a traceback is not a verdict
        return _ended() if interrupted() else _internal(error)


def _ended() -> int:
    say("interrupted", "nothing was half-written; run the command again")
    return EXIT_INTERRUPTED


def _refused(error: OSError) -> int:
    where = f" ({os.fsdecode(error.filename)})" if isinstance(error.filename, str | bytes) else ""
    say(
        f"this machine could not go on: {error.strerror}{where}",
        "check the disks, the free space, also of TMPDIR, and the limits (`ulimit -a`)",
    )
    return EXIT_USAGE


def _internal(error: Exception) -> int:
    if os.environ.get("PRATIQUE_DEBUG"):
        import traceback  # only when somebody debugs

        traceback.print_exc()
    kind = type(error).__name__
    say(
        f"internal error: {kind}: {error}",
        "this is a bug: please report it with the output of the same command "
        "under PRATIQUE_DEBUG=1",
    )
    return EXIT_INTERNAL


def _click_hint(error: click.ClickException) -> str:
    context = getattr(error, "ctx", None)
    if context is None:
        return "see `pratique --help`"
    parameter = getattr(error, "param", None)
    source = context.get_parameter_source(parameter.name or "") if parameter else None
    if source is click.core.ParameterSource.DEFAULT_MAP:
        return "the value stands in the settings file; `pratique doctor` names it"
    return f"see `{context.command_path} --help`"
