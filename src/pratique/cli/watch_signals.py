"""Remember what a running watch was asked by signals: to stop, or to read its rules again."""

import signal


class Signals:
    """Remember SIGTERM, SIGINT and SIGHUP instead of being ended by them."""

    def __init__(self) -> None:
        self.stop = False
        self.reload = False
        self._before: dict[int, object] = {}

    def __enter__(self) -> "Signals":
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            self._before[number] = signal.signal(number, self._take)
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)  # type: ignore[arg-type]

    def _take(self, number: int, _frame: object) -> None:
        if number == signal.SIGHUP:
            self.reload = True
        else:
            self.stop = True
