"""
Take the words that people typed out of what is recorded.

A recording holds the arguments of every program, and arguments hold passwords. Law: of the arguments
stay argv[0] and the names of options, of the environment the names; texts that were handed to
system calls and what went through sockets go. Paths, addresses and DNS names stay: without them nothing could be detected. So
rules that ask for arguments stay silent on a redacted recording.
"""

from msgspec.structs import replace

from pratique.model.event import Ancestor, Process
from pratique.model.observation import Called, Executed, Observation, SocketUsed

GONE = "*"


def redacted(observation: Observation) -> Observation:
    """
    Return an observation without what people typed.

    >>> act = Executed("/bin/mysql", ("mysql", "--password=geheim", "-u", "root"), environment=("A=b",))
    >>> redacted(Observation("execve", act, 0, 1)).act.arguments
    ('mysql', '--password=*', '-u', '*')
    """
    act = observation.act
    if isinstance(act, Executed):
        act = replace(act, arguments=_arguments(act.arguments), environment=_names(act.environment))
    elif isinstance(act, Called) and act.text:
        act = replace(act, text=GONE)
    elif isinstance(act, SocketUsed) and act.data:
        act = replace(act, data=b"")
    else:
        return observation
    return replace(observation, act=act)


def redacted_process(process: Process) -> Process:
    """Return a process without what people typed."""
    arguments = _arguments((process.executable, *process.arguments))[1:]
    return replace(
        process,
        arguments=arguments,
        command_line=" ".join((process.name, *arguments)),
        environment=_names(process.environment),
        ancestors=tuple(map(_ancestor, process.ancestors)),
    )


def _ancestor(one: Ancestor) -> Ancestor:
    return replace(one, command_line=one.command_line.partition(" ")[0])


def _arguments(arguments: tuple[str, ...]) -> tuple[str, ...]:
    return (*arguments[:1], *map(_argument, arguments[1:]))


def _argument(argument: str) -> str:
    if not argument.startswith("-"):
        return GONE
    name, equals, _ = argument.partition("=")
    # `-psecret`: a short option may carry its value without a sign between.
    if not name.startswith("--") and len(name) > 2:
        return name[:2] + GONE
    return name + equals + (GONE if equals else "")


def _names(environment: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{one.partition('=')[0]}={GONE}" for one in environment)
