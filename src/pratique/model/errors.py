"""
Sort every failure by who must act, and give each a hint.

::

    PratiqueError
    ├── UsageError        the caller typed something that cannot be done          exit 2
    ├── TargetError       the target cannot be identified: absent, refused,
    │                     invalid manifest or config, digest mismatch             exit 2
    ├── FormatError       bytes of an image or a feed do not follow their format;
    │   │                 becomes an Unknown, never an empty list
    │   └── LimitExceeded a bound of `kit.limits` was reached
    ├── FeedError         an advisory feed is unreachable, damaged or refused     exit 2
    ├── StorageError      cache, store or output cannot be written                exit 2
    └── CapabilityError   this machine lacks what it takes: rights, a kernel
                          feature, a program                                      exit 2

Each folder's own kinds stand in its ``interface.py``, those of one format or store beside it, and
derive from one of these. `kit.http_errors` is a family apart: whoever asks a server translates it
into one of these. Anything else that escapes is a bug: exit 70.
"""


class PratiqueError(Exception):
    """
    Be the root of all failures that are not bugs.

    The message is one line. ``fix`` is the default hint; pass ``hint=`` for a better one.
    """

    fix = "see `pratique --help`"

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self._hint = hint

    def hint(self) -> str:
        """Return one line: what a person can do about it."""
        return self._hint or self.fix


class UsageError(PratiqueError):
    """Report a command, option or configuration value that cannot be honoured."""


class TargetError(PratiqueError):
    """Report a target that is absent, refused, or not what it says it is."""

    fix = "check the name, and that it exists and can be read"


class FormatError(PratiqueError):
    """
    Report bytes that do not follow their format.

    ``offset`` is the byte position in the input where known.
    """

    fix = "the file is damaged, of an unknown version, or made to mislead"

    def __init__(self, message: str, *, hint: str = "", offset: int | None = None) -> None:
        super().__init__(message if offset is None else f"{message} (at byte {offset})", hint=hint)
        self.offset = offset


class LimitExceeded(FormatError):
    """Report that reading on would pass a bound of ``Limits``."""

    fix = "raise the named limit if you trust this image (docs/reference/limits.md)"


class FeedError(PratiqueError):
    """Report an advisory feed that cannot be fetched or understood; the old data stays."""

    fix = "try `pratique db update` again later, or use another --source"


class StorageError(PratiqueError):
    """Report a cache, store or output file that cannot be read or written."""

    fix = "check the free space and the rights of the folder"


class CapabilityError(PratiqueError):
    """Report that this machine or this user cannot do what was asked."""

    fix = "see `pratique doctor` for what is missing"
