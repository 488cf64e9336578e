"""
Build the kernel's programs: ``bpf/`` -> ``src/pratique/sensors/_object/sensor.bpf.o``.

The object is the same bytes wherever clang and libbpf's headers are of the same version: nothing of
the building machine's kernel goes into it. ``--check`` builds anew and compares; with another clang
there is nothing to compare, and that is said.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OBJECT = ROOT / "src/pratique/sensors/_object/sensor.bpf.o"
CLANG_MAJOR = 14
"""The clang of Debian 12, which built the object that is committed."""
HEADERS_VERSION = (1, 1)
"""Its libbpf-dev."""
_HEADERS = Path("/usr/include/bpf/libbpf_version.h")
_COMPILE = ("-O2", "-g", "-fno-unroll-loops", "-Wall", "-Werror", "-target", "bpf", "-mcpu=v3")
_DROPPED = (".rel.BTF", ".rel.BTF.ext", ".llvm_addrsig")


def main(arguments: list[str]) -> int:
    """Build, or with ``--check`` compare; returns 1 where the object is not what bpf/ says."""
    lacking = why_not()
    if "--check" in arguments:
        if lacking:
            print(f"kernel programs not compared: {lacking}")
            return 0
        if build() != OBJECT.read_bytes():
            print("the object is not what bpf/ says; `make bpf` builds it", file=sys.stderr)
            return 1
        return 0
    if lacking:
        print(f"cannot build: {lacking}", file=sys.stderr)
        return 2
    OBJECT.write_bytes(build())
    return 0


def why_not() -> str:
    """Return why the same bytes cannot be built here, nothing where they can."""
    for program in ("clang", "llvm-strip", "llvm-objcopy"):
        if not shutil.which(program):
            return f"no {program} (Debian: clang llvm libbpf-dev)"
    said = subprocess.run(["clang", "--version"], capture_output=True, text=True, check=True).stdout
    found = re.search(r"version (\d+)", said)
    if not found or int(found[1]) != CLANG_MAJOR:
        return f"clang {found[1] if found else '?'} is here, clang {CLANG_MAJOR} is needed"
    if not _HEADERS.exists():
        return "no headers of libbpf (Debian: libbpf-dev)"
    version = re.findall(r"LIBBPF_M\w+_VERSION (\d+)", _HEADERS.read_text())
    if tuple(map(int, version)) != HEADERS_VERSION:
        return f"headers of libbpf {'.'.join(version)} are here"
    return ""


def build() -> bytes:
    """Return the object, with type information and without debug information."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "sensor.bpf.o"
        command = ["clang", *_COMPILE, "-fdebug-compilation-dir=.", "-c", "sensor.bpf.c"]
        subprocess.run([*command, "-o", made], cwd=ROOT / "bpf", check=True)
        subprocess.run(["llvm-strip", "-g", made], check=True)
        dropped = [word for section in _DROPPED for word in ("-R", section)]
        subprocess.run(["llvm-objcopy", *dropped, made], check=True)
        return made.read_bytes()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
