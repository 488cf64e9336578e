"""A watch is not ended by a signal: it notes what was asked, and gives the old handlers back."""

import os
import signal

from pratique.cli.watch_signals import Signals


def test_what_was_asked_is_remembered() -> None:
    """SIGHUP asks for the rules to be read again, SIGTERM and SIGINT for the end."""
    before = signal.getsignal(signal.SIGTERM)
    for number in (signal.SIGTERM, signal.SIGINT):
        with Signals() as signals:
            os.kill(os.getpid(), signal.SIGHUP)
            assert (signals.reload, signals.stop) == (True, False)
            os.kill(os.getpid(), number)
            assert signals.stop
    assert signal.getsignal(signal.SIGTERM) is before
