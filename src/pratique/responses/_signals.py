"""
Send a signal to exactly the process that an alert is about, or to none.

A pid is a number that the kernel gives out again. So first a descriptor of the process is opened
(pidfd), then its start time is read and compared: where it began after what the alert tells, or at
another time than the alert says, the number was used anew and nothing is sent. As the descriptor was
opened before the comparison, the signal goes to the process that was compared.
Source: pidfd_open(2), pidfd_send_signal(2).
"""

import os
import signal as signals

from pratique.model.alert import Alert
from pratique.responses.interface import Refused, Unable
from pratique.responses.node import Node, Running

_SAME_NS = 1_000_000_000
"""A start time from an event and one from /proc differ by a tick and by the clocks' steps."""


def send_signal(alert: Alert, number: int, node: Node) -> str:
    """
    Send a signal to an alert's process; return what was done, in words.

    Raises:
        Refused: the pid belongs to another process by now.
        Unable: it is gone, or we may not.
    """
    try:
        descriptor = os.pidfd_open(alert.pid)
    except ProcessLookupError:
        raise Unable("the process has ended already") from None
    except (OSError, OverflowError, ValueError) as error:
        raise Unable(f"the process cannot be opened: {error}") from None
    try:
        why = changed(alert, node.running(alert.pid))
        if why:
            raise Refused(why)
        signals.pidfd_send_signal(descriptor, number)
    except ProcessLookupError:
        raise Unable("the process has ended already") from None
    except PermissionError:
        raise Unable("this takes root, or CAP_KILL") from None
    finally:
        os.close(descriptor)
    return f"{name_of(number)} sent to pid {alert.pid}"


def changed(alert: Alert, now: Running | None) -> str:
    """Return why the process is not the one of the alert, nothing where it is."""
    if now is None:
        return "the process has ended already"
    if now.started_ns > max(alert.time_ns, alert.last_ns):
        return f"pid {alert.pid} belongs to another process by now: it began after the alert"
    known = alert.process_started_ns
    if known and abs(now.started_ns - known) > _SAME_NS:
        return f"pid {alert.pid} belongs to another process by now: it began at another time"
    if alert.workload is not None and not now.belongs_to(alert.workload.id):
        return f"pid {alert.pid} is not in the container of the alert"
    return ""


def name_of(number: int) -> str:
    """
    Return what a signal is called.

    >>> name_of(9), name_of(99)
    ('SIGKILL', 'signal 99')
    """
    try:
        return signals.Signals(number).name
    except ValueError:
        return f"signal {number}"
