"""
Fuzz the parsers of what an image holds, with coverage guidance (atheris, libFuzzer).

A harness gives any bytes to one parser. Law: nothing but ``FormatError`` comes out, no input takes
longer than ``SECONDS`` or more than ``MEMORY_MB``. What broke that law once lies in ``found/`` and is
tried by the tests ever since.
"""

SECONDS = 10
"""Time for one input."""
MEMORY_MB = 1024
"""Memory of a harness, its corpus included."""
