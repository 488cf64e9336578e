"""
Read the export form of systemd's journal, and what its entries tell of a node.

Fields are lines ``NAME=text``, or a line ``NAME``, the length as 64 bits little-endian, the bytes
and a line end; an empty line ends an entry. Law: entries over ``MOST_ENTRY`` are passed over; fields
that are not asked for are not kept. Only fields whose name begins with ``_`` are the journal's own
word: units are told by the service manager's entries (``_PID`` 1), users by those of ``_COMM``.
Source: https://systemd.io/JOURNAL_EXPORT_FORMATS/, systemd.journal-fields(7), sd-messages.h.
"""

from collections.abc import Iterator

from pratique.formats.node.login_log import read_message
from pratique.model.observation import Elevated, LoggedIn, UnitChanged

MOST_ENTRY = 256 << 10
_WANTED = frozenset(
    [
        *("MESSAGE", "MESSAGE_ID", "_PID", "_COMM", "UNIT", "_SOURCE_REALTIME_TIMESTAMP"),
        *("__REALTIME_TIMESTAMP", "SYSLOG_PID"),
    ]
)
_STARTED = "39f53479d3a045ac8e11786248231fbf"
_STOPPED = "9d1aaa27d60140bd96365438aad20286"
_LENGTH_BYTES = 8


class JournalReader:
    """
    Take the bytes of an export as they come, and give whole entries.

    >>> reader = JournalReader()
    >>> list(reader.feed(b"MESSAGE=hi\\n_PID=")), list(reader.feed(b"7\\n\\n"))
    ([], [{'MESSAGE': 'hi', '_PID': '7'}])
    """

    def __init__(self) -> None:
        self._rest = b""
        self._entry: dict[str, str] = {}
        self._size = 0
        self._skip = 0

    def feed(self, content: bytes) -> Iterator[dict[str, str]]:
        """Yield the entries that these bytes end."""
        if self._skip:
            passed = min(self._skip, len(content))
            self._skip -= passed
            content = content[passed:]
        data = self._rest + content
        at = 0
        while True:
            end = data.find(b"\n", at)
            if end < 0:
                break
            line = data[at:end]
            if not line:
                if self._entry:
                    yield self._entry
                self._entry, self._size, at = {}, 0, end + 1
                continue
            name, equals, text = line.partition(b"=")
            if equals:
                self._keep(name, text)
                at = end + 1
                continue
            start = end + 1 + _LENGTH_BYTES
            if len(data) < start:
                break
            length = int.from_bytes(data[end + 1 : start], "little")
            if length > MOST_ENTRY:
                self._skip = max(length + 1 - (len(data) - start), 0)
                at = min(start + length + 1, len(data))
                continue
            if len(data) < start + length + 1:
                break
            self._keep(name, data[start : start + length])
            at = start + length + 1
        self._rest = data[at:]
        if len(self._rest) > MOST_ENTRY * 2:
            self._rest = b""

    def _keep(self, name: bytes, text: bytes) -> None:
        self._size += len(text)
        field = name.decode("ascii", "replace")
        if field in _WANTED and self._size <= MOST_ENTRY:
            self._entry[field] = text.decode("utf-8", "replace")


def told(entry: dict[str, str]) -> tuple[int, int, LoggedIn | Elevated | UnitChanged] | None:
    """
    Return time (ns), pid and act of an entry, None where it tells of no user and no unit.

    >>> told({"MESSAGE_ID": "39f53479d3a045ac8e11786248231fbf", "UNIT": "a.service", "_PID": "1"})
    (0, 1, UnitChanged(unit='a.service', started=True, path=''))
    """
    pid = _number(entry.get("_PID", ""))
    when = entry.get("_SOURCE_REALTIME_TIMESTAMP") or entry.get("__REALTIME_TIMESTAMP", "")
    time_ns = _number(when) * 1000
    unit, message = entry.get("UNIT", ""), entry.get("MESSAGE_ID", "")
    if unit and pid == 1 and message in (_STARTED, _STOPPED):
        return time_ns, pid, UnitChanged(unit[:256], started=message == _STARTED)
    act = read_message(entry.get("_COMM", ""), entry.get("MESSAGE", ""))
    return (time_ns, pid, act) if act is not None else None


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 20 else 0
