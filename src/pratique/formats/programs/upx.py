"""
Tell programs that UPX packed: what they contain shows only when they run.

Source: https://github.com/upx/upx, ``src/stub/src/include/linux.h`` (``l_info`` behind the program
headers, ``UPX!``) and the names of PE sections.
"""

from pratique.formats.programs.layout import Kind, Program, Readable

_MAGIC = b"UPX!"
_HEAD_BYTES, _TAIL_BYTES = 1024, 256


def is_packed(file: Readable, program: Program) -> bool:
    """Return whether UPX packed the program."""
    if program.kind is Kind.PE:
        return any(part.name in ("UPX0", "UPX1") for part in program.parts)
    if program.kind is not Kind.ELF or program.sectioned:
        return False
    tail = max(file.size_bytes - _TAIL_BYTES, 0)
    return _MAGIC in file.read(0, _HEAD_BYTES) and _MAGIC in file.read(tail, _TAIL_BYTES)
