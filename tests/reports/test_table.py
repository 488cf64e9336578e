import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pratique.formats.text import columns
from pratique.model.advisory import DataStatus, FixState
from pratique.model.digest import sha256_of
from pratique.model.finding import FindingKind, Fix
from pratique.model.package import LayerRef
from pratique.model.severity import Severity
from pratique.reports import table
from pratique.reports.interface import Style
from tests.makers import report as made
from tests.reports.golden import golden

KINDS = made.every_kind()
SGR = re.compile(r"\x1b\[[0-9;]*m")
HOSTILE = "evil\x1b[2J\x9b1m\u202e\r\nname"


def text(report: object, **style: object) -> str:
    return table.render(report, Style(**style)).decode()  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_equals_its_golden(kind: str):
    """Each case looks as it was last reviewed."""
    golden(f"table-{kind}.txt", table.render(KINDS[kind], Style(height=30)))


def test_the_documentation_shows_it_as_it_is():
    """The example that docs/explanation/reports.md explains line by line is real output."""
    page = Path(__file__).parents[2] / "docs/explanation/reports.md"
    (example,) = re.findall(r"```text\n(.*?)```", page.read_text(), re.DOTALL)
    assert example == text(KINDS["everything"], height=33)


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("width", [60, 80, 132])
@pytest.mark.parametrize("full", [False, True])
def test_no_line_is_wider_than_the_terminal(kind: str, width: int, full: bool):
    """Every line fits the width, and colour adds no column."""
    plain = text(KINDS[kind], width=width, full=full)
    assert all(columns(line) <= width for line in plain.splitlines())
    assert SGR.sub("", text(KINDS[kind], width=width, full=full, colour=True)) == plain


@pytest.mark.parametrize("count", [10, 400, 5000])
@pytest.mark.parametrize("height", [24, 40, 60])
def test_one_subject_fits_one_screen(count: int, height: int):
    """However many findings there are, the default is one screen, with a line left to type on."""
    assert len(text(made.large(count), height=height).splitlines()) < height


@pytest.mark.parametrize("kind", ["contraband", "warned"])
def test_every_kind_of_finding_fits_one_screen(kind: str):
    """Verdict, contraband, configuration and upgrades share an ordinary screen."""
    assert len(text(KINDS[kind], height=40).splitlines()) < 40


def test_without_colour_there_is_no_escape():
    """NO_COLOR, which arrives as ``colour=False``, leaves no escape sequence."""
    assert "\x1b" not in text(KINDS["typical"])


def test_incomplete_is_said_before_any_figure():
    """What was not looked at stands above the figures, and no words of comfort are left."""
    shown = text(KINDS["incomplete"])
    assert shown.index("INCOMPLETE") < shown.index("No finding in what was looked at")
    assert "(packages may be missing)" in shown
    assert "No known flaw" not in shown


def test_clean_says_what_was_checked():
    """A clean result names packages, distribution and date of the data."""
    shown = text(KINDS["clean"])
    assert (
        "No known flaw: 10 deb packages, Debian GNU/Linux 12, advisories up to 2026-11-19" in shown
    )


@pytest.mark.parametrize(
    "data",
    [(), (made.DATA, DataStatus(ecosystem="PyPI", present=False)), (DataStatus(ecosystem="Debian", present=False),)],
)  # fmt: skip
def test_missing_data_is_never_clean(data: tuple[DataStatus, ...]):
    """Packages for which there is no advisory data are said to be unchecked, even without findings."""
    shown = text(made.report(made.subject(findings=()), data=data))
    assert "INCOMPLETE" in shown
    assert "No known flaw" not in shown


def test_clean_after_the_end_of_life_is_no_comfort():
    """Where support has ended, the absence of advisories is not called good."""
    shown = text(made.report(made.subject(findings=(made.end_of_life(),))), colour=True)
    assert "\x1b[1;33mNo known flaw\x1b[0m" in shown
    assert "after its end of life few are published" in SGR.sub("", shown)


def test_ungraded_flaws_are_not_called_harmless():
    """Flaws of unknown severity with a fix are offered as upgrades, not waved through."""
    flaw = made.finding("CVE-1", made.PACKAGES[1], Severity.UNKNOWN, "9.9-1")
    shown = text(made.report(made.subject(findings=(flaw,))))
    assert "Nothing urgent" not in shown
    assert "curl  7.88.1-10+deb12u5 → 9.9-1" in shown


def test_no_package_is_not_clean():
    """An image without packages has nothing that could be checked, and that is what is said."""
    assert "Nothing to check" in text(KINDS["empty"])


def test_pass_is_only_said_of_a_threshold():
    """Without a threshold nothing was asked to pass, so nothing did."""
    bare = made.report(outcome="pass")
    assert "PASS" not in text(bare)


def test_a_pass_with_gaps_is_not_called_one():
    """Data may be missing for every package: the word must not sound like a clearance."""
    whole = text(made.report(outcome="pass", threshold="high", reasons=()))
    partly = text(
        made.report(outcome="pass", threshold="high", reasons=("1 thing was not looked at",))
    )
    assert whole.startswith(" PASS ")
    assert "PASS" not in partly
    first = " INCOMPLETE  nothing high or worse found, but 1 thing was not looked at"
    assert partly.splitlines()[0] == first


def test_one_upgrade_names_the_highest_fix_and_each_flaw_once():
    """Two binaries of one source are one line, to the highest version by Debian's order."""
    line = next(line for line in text(KINDS["typical"]).splitlines() if "  openssl " in line)
    assert "3.0.11-1~deb12u2 → 3.0.15-1~deb12u1" in line
    assert "2 flaws, 1 critical EXPLOITED" in line


def test_exploited_without_a_fix_is_urgent_too():
    """Known exploitation is shown first even when there is nothing to upgrade to."""
    exploited = replace(made.findings()[7], exploited=made.findings()[0].exploited)
    shown = text(made.report(made.subject(findings=(exploited,))))
    assert "FIX NOW" in shown
    assert "no fix yet" in shown


def test_other_kinds_of_finding_are_alerts():
    """Malware and tampering have no upgrade to hide behind: they get a line of their own."""
    tamper = made.finding(
        "ambiguous-layer", made.PACKAGES[0], Severity.HIGH, kind=FindingKind.TAMPER
    )
    shown = text(made.report(made.subject(findings=(tamper,))))
    assert " TAMPER  base-files: " in shown


def test_old_data_are_pointed_out():
    """Data older than a week come with the command that renews them."""
    old = replace(made.DATA, built="2026-10-01T00:00:00Z")
    assert "(51 days old)" in text(made.report(data=(old,)))
    assert "pratique db update" in text(made.report(data=(old,)))


def test_data_that_lag_behind_are_pointed_out():
    """Data fetched today from a mirror that stood still for months are not called fresh."""
    stood_still = replace(made.DATA, newest="2025-02-12T00:00:00Z")
    shown = text(made.report(data=(stood_still,)))
    assert "newest advisory is of" in shown
    assert "Their source has nothing newer" in shown
    assert "pratique db update" not in shown


@pytest.mark.parametrize("width", [60, 80])
@pytest.mark.parametrize("day", ["2025-02-12T00:00:00Z", ""])
def test_warnings_about_old_data_fit_too(width: int, day: str):
    """A narrow terminal breaks the warning at a space, not in the middle of a command."""
    old = replace(made.DATA, newest=day, built="2026-10-01T00:00:00Z")
    shown = text(made.report(data=(old,)), width=width)
    assert all(columns(line) <= width for line in shown.splitlines())


def test_an_unfixed_critical_is_never_called_nothing():
    """On the smallest screen too: no upgrade to make is no comfort while a critical waits."""
    worst = made.finding("CVE-2026-9999", made.PACKAGES[1], Severity.CRITICAL)
    rest = tuple(
        made.finding(f"CVE-2026-{n}", made.PACKAGES[1], Severity.LOW) for n in range(1000, 1040)
    )
    for full in (False, True):
        shown = text(made.report(made.subject(findings=(worst, *rest))), height=24, full=full)
        assert "Nothing urgent" not in shown
        assert "no fix yet" in shown.lower()
        assert "CVE-2026-9999" in shown
    assert "Nothing urgent" in text(made.report(made.subject(findings=rest)))


def test_tampering_is_not_called_nothing_urgent():
    """A finding that no upgrade can mend takes the words of comfort away."""
    tamper = made.finding(
        "ambiguous-layer", made.PACKAGES[0], Severity.LOW, kind=FindingKind.TAMPER
    )
    assert "Nothing urgent" not in text(made.report(made.subject(findings=(tamper,))))


def test_the_end_of_life_is_said_on_one_line():
    """The day after which nothing is mended is read at once, also where columns are few."""
    shown = text(made.report(made.subject(findings=(made.end_of_life(),))), width=60)
    assert " END OF LIFE  no regular security fixes since 2026-06-10\n" in shown


def test_what_of_an_index_was_left_out_is_said():
    """One faint line counts the kinds; full names each digest."""
    skipped = (
        "sha256:0a: attestation manifest of sha256:0b",
        "sha256:0c: attestation manifest of sha256:0d",
        "sha256:0e: an artifact (application/vnd.example)",
    )
    report = replace(KINDS["typical"], skipped=skipped)
    assert "Left out, being no image: 2 attestation manifests, 1 artifact\n" in text(report)
    assert "sha256:0e" not in text(report)
    assert "sha256:0e: an artifact (application/vnd.example)" in text(report, full=True)
    assert "Left out" not in text(KINDS["typical"])


def test_a_short_list_is_shown_at_once():
    """Where all findings fit the screen nothing is folded; where not, the worst unfixed are shown."""
    assert "CVE-2026-1007  zlib1g 1:1.2.13.dfsg-1 (no fix yet)" in text(KINDS["typical"], height=40)
    short = text(KINDS["typical"], height=24)
    assert "All 10 findings one by one: --full" in short
    unfixed = text(made.report(made.subject(findings=made.findings()[5:] * 9)), height=24)
    assert "NO FIX YET" in unfixed
    assert "high      CVE-2026-1004  perl-base 5.36.0-7+deb12u1\n" in unfixed


def test_full_lists_each_finding_and_each_reason():
    """Nothing is folded in full: every finding, suppressed ones with their reason."""
    shown = text(KINDS["typical"], full=True)
    for finding in made.findings():
        assert f"{finding.rule}  {finding.package_name} {finding.package_version}" in shown
    assert "vulnerable code not in execute path" in shown


@given(st.text(max_size=80))
def test_no_string_of_the_image_acts_on_the_terminal(tail: str):
    """Whatever the image is called and holds, what is printed is printable and inside the width."""
    name = HOSTILE + tail
    package = made.deb(name, name, source=name)
    unknown = replace(made.UNREADABLE, location=name, reason=name)
    picture = replace(made.image(), name=name)
    flaw = made.finding(name, package, Severity.HIGH, name, title=name, suppressed="")
    subject = made.subject(
        image=picture, packages=(package,), findings=(flaw, made.end_of_life()), unknowns=(unknown,)
    )
    for report in (
        made.report(subject, reasons=(name,), outcome="fail"),
        made.report(subject, scanned=False),
    ):
        for full in (False, True):
            for line in text(report, full=full).split("\n"):
                assert line.isprintable()
                assert columns(line) <= 80


def test_a_paid_fix_is_never_shown_as_free():
    """The figures, the upgrades and the list say what the fix needs."""
    paid = Fix(state=FixState.FIXED, version="9+esm1", offer="Ubuntu Pro")
    package = made.PACKAGES[1]
    free = made.finding("CVE-1", package, Severity.HIGH, "8")
    bought = replace(made.finding("CVE-2", package, Severity.HIGH), fix=paid)
    both = text(made.report(made.subject(findings=(free, bought))))
    assert "fixable · 1 more with Ubuntu Pro" in both
    assert "→ 8, with Ubuntu Pro 9+esm1" in both
    assert "→ 9+esm1 (needs Ubuntu Pro)" in both
    alone = text(made.report(made.subject(findings=(bought,))))
    assert "\n1 flaw in 1 package · 0 of 1" in alone
    assert "→ with Ubuntu Pro 9+esm1" in alone


def test_the_layer_with_the_worst_flaw_is_never_folded_away():
    """Where layers must be left out, one critical outweighs many negligible ones."""
    digests = [sha256_of(b"%d" % n) for n in range(9)]
    refs = [
        LayerRef(index=n, blob=digest, diff_id=digest, created_by=f"step {n}")
        for n, digest in enumerate(digests)
    ]
    packages = tuple(replace(made.deb(f"p{n}", "1"), layer=refs[n]) for n in range(9))
    many = [
        replace(
            made.finding(f"CVE-2026-{n}{k:03}", packages[n], Severity.NEGLIGIBLE), layer=refs[n]
        )
        for n in range(8)
        for k in range(9)
    ]
    worst = replace(made.finding("CVE-2026-9999", packages[8], Severity.CRITICAL), layer=refs[8])
    shown = text(made.report(made.subject(packages=packages, findings=(worst, *many))), height=40)
    assert "step 8" in shown
    assert "more layers: --full" in shown


def test_digests_are_short_unless_all_is_asked_for():
    """Twelve digits tell layers apart; in full, the whole digest can be copied."""
    digest = "sha256:" + "ab" * 32
    unknown = replace(made.UNREADABLE, location=digest)
    report = made.report(made.subject(unknowns=(unknown,)))
    assert "! sha256:abababababab: page size" in text(report)
    assert digest[:60] in text(report, full=True, width=132)


def test_suppressed_findings_are_folded_with_their_reasons():
    """How many and why stands below; each is listed where that was asked for."""
    shown = text(KINDS["languages"])
    assert "Suppressed: 2 not in the program, 1 fixed or ruled out" in shown
    assert "CVE-2023-45288" not in shown
    listed = text(KINDS["languages"], show_suppressed=True)
    assert "CVE-2023-45288" in listed
    assert "--show-suppressed" not in listed


def test_packages_of_languages_are_counted_and_placed():
    """The head counts packages by kind, an upgrade says which file to change."""
    shown = text(KINDS["languages"])
    assert "4 npm, 3 pypi, 1 deb, 3 other packages · 3 only declared" in shown
    assert re.search(r"semver +5\.7\.1 → 5\.7\.2 +1 high +srv/web/package-lock\.json", shown)
    assert "…ogging.log4j:log4j-core" in shown
