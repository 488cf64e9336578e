"""List the packages of the sample image, layer by layer, as dpkg would record them."""

from typing import NamedTuple


class Deb(NamedTuple):
    """
    One record of ``/var/lib/dpkg/status``.

    ``source`` is the source package, with its version in parentheses where it differs, as the
    field ``Source`` has it; empty when it is the package's own name. ``files`` are absolute paths.
    """

    name: str
    version: str
    source: str = ""
    arch: str = "amd64"
    state: str = "install ok installed"
    depends: str = ""
    files: tuple[str, ...] = ()

    def record(self) -> str:
        """Return the paragraph of the status file, without its closing empty line."""
        fields = [
            ("Package", self.name),
            ("Status", self.state),
            ("Priority", "optional"),
            ("Section", "demo"),
            ("Maintainer", "Nobody <nobody@example.invalid>"),
            ("Architecture", self.arch),
            ("Source", self.source),
            ("Version", self.version),
            ("Depends", self.depends),
            ("Description", f"sample record of {self.name}\n Made up for the demonstration."),
        ]
        return "".join(f"{name}: {value}\n" for name, value in fields if value)


BASE = (
    Deb("base-files", "12.4+deb12u5", files=("/etc/debian_version", "/usr/lib/os-release")),
    Deb("bash", "5.2.15-2+b2", "bash (5.2.15-2)", depends="base-files", files=("/usr/bin/bash",)),
    Deb("libc6", "2.36-9+deb12u4", "glibc", files=("/usr/lib/x86_64-linux-gnu/libc.so.6",)),
    Deb("libssl3", "3.0.11-1~deb12u2", "openssl", depends="libc6 (>= 2.34)"),
    Deb("login", "1:4.13+dfsg1-1+b1", "shadow (1:4.13+dfsg1-1)", depends="libc6"),
    Deb("perl-base", "5.36.0-7+deb12u1", "perl", depends="libc6 (>= 2.35)"),
    Deb("tar", "1.34+dfsg-1.2+deb12u1", depends="libc6 (>= 2.34)", files=("/usr/bin/tar",)),
    Deb("xz-utils", "5.4.1-0.2", state="deinstall ok config-files"),
    Deb("zlib1g", "1:1.2.13.dfsg-1", "zlib", depends="libc6 (>= 2.14)"),
)
"""The base image. xz-utils was removed and left its configuration: it is not installed."""

DOWNLOADS = (
    Deb("ca-certificates", "20230311", arch="all", depends="openssl"),
    Deb(
        "curl",
        "7.88.1-10+deb12u4",
        depends="libcurl4 (= 7.88.1-10+deb12u4), libc6",
        files=("/usr/bin/curl",),
    ),
    Deb("libcurl4", "7.88.1-10+deb12u4", "curl", depends="libc6, libssl3, zlib1g"),
    Deb("openssl", "3.0.11-1~deb12u2", depends="libc6, libssl3", files=("/usr/bin/openssl",)),
)
"""What the second build step installed."""

APPLICATION = (Deb("harbourmaster", "1.4.2-1", depends="curl", files=("/usr/bin/harbourmaster",)),)
"""What the third build step installed: a program that does not exist."""
