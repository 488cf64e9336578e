from msgspec.structs import replace

from pratique.formats.text import columns
from pratique.reports._ansi import ink
from pratique.reports._table_full import every_finding, listed, suppressed
from pratique.reports.interface import Style
from tests.makers import report as made

PLAIN = ink(colour=False)


def test_titles_are_shown_where_there_is_room():
    """A wide terminal gets the title of each finding on a line of its own."""
    findings = made.findings()[:1]
    assert len(listed("ALL", findings, Style(width=80), PLAIN)) == 4
    wide = listed("ALL", findings, Style(width=120), PLAIN)
    assert wide[-1].strip() == findings[0].title


def test_long_versions_are_wrapped_not_cut():
    """The full list loses nothing: what does not fit goes on in the next line."""
    version = "1:2.3.4+really5.6.7~" * 2 + "deb12u1"
    finding = replace(made.findings()[0], package_version=version)
    assert version in " ".join(listed("ALL", [finding], Style(width=80), PLAIN))


def test_suppressed_findings_stand_apart():
    """They come last, under a title that says they do not count."""
    lines = every_finding(made.subject(), Style(full=True), PLAIN)
    at = lines.index("SUPPRESSED  1 ruled out by VEX")
    assert all("CVE-2026-1009" not in line for line in lines[:at])
    assert "CVE-2026-1009" in lines[at + 1]


def test_suppressed_findings_are_grouped_by_whose_word_it_is():
    """The largest group comes first; each finding has its reason."""
    subject = made.every_kind()["languages"].subjects[0]
    lines = suppressed(subject, Style(), PLAIN)
    heads = [line for line in lines if line.startswith("SUPPRESSED")]
    assert heads == [
        "SUPPRESSED  2 not in the program",
        "SUPPRESSED  1 fixed or ruled out by the distribution",
        "SUPPRESSED  1 ruled out by VEX",
    ]
    assert "Debian: fixed in requests 2.28.1+dfsg-1" in "\n".join(lines)


def test_a_long_name_of_a_flaw_leaves_room():
    """A flaw's name may be as long as an image likes; the line stays inside the width."""
    finding = replace(made.findings()[0], rule="x" * 200, package_name="y z" * 60)
    assert all(columns(line) <= 80 for line in listed("ALL", [finding], Style(width=80), PLAIN))
