"""
Lay out the blocks of the table below its head: upgrades, layers, inventory.

Each returns finished lines, none wider than ``style.width``; cells are measured before they are
coloured.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from pratique.formats.text import columns, fitted, fitted_end, padded, printable
from pratique.model.advisory import FixState
from pratique.model.finding import Finding, FindingKind
from pratique.model.report import Subject
from pratique.model.severity import Severity
from pratique.reports._ansi import Ink
from pratique.reports._layers import LayerShare, base_words, layer_shares
from pratique.reports._sentences import by_severity, fix_words, plural
from pratique.reports._summary import Counts, count
from pratique.reports._upgrades import Upgrade, tree_of, ungraded_upgrades, urgent_upgrades
from pratique.reports.interface import Style

_NAME_WIDTH = 24
_ROOMY = 80
_WIDE = 110
_WIDE_NAME = 40
_LEAST_PLACE = 14
"""Columns below which a place would say nothing."""
_UNFIXED_SHOWN = 5
_LEAST_UNFIXED = 1
_LAYERS_SHOWN = 5
_LEAST_UPGRADES = 3


def wrapped(text: str, width: int, first: str, rest: str) -> list[str]:
    """
    Return printable text broken at spaces into lines of at most ``width`` columns.

    >>> wrapped("one two three", 9, "- ", "  ")
    ['- one two', '  three']
    """
    lines, line = [], first
    for word in text.split(" "):
        apart = "" if line in (first, rest) else " "
        if apart and columns(line) + 1 + columns(word) > width:
            lines.append(line)
            line, apart = rest, ""
        line = fitted(line + apart + word, width)
    return [*lines, line]


def side_by_side(
    cells: Iterable[tuple[str, str]], between: str, style: Style, paint: Ink
) -> list[str]:
    """Return (text, style) cells on as few lines as they fit, coloured after measuring."""
    lines: list[str] = []
    room = 0
    for text, look in cells:
        shown = fitted(text, style.width)
        cell = paint(shown, look) if look else shown
        if lines and columns(between) + columns(shown) <= room:
            lines[-1] += between + cell
            room -= columns(between) + columns(shown)
        else:
            lines.append(cell)
            room = style.width - columns(shown)
    return lines


def urgent(
    subject: Subject, findings: Sequence[Finding], style: Style, paint: Ink, rows: int
) -> list[str]:
    """Return the upgrades to make now, one line each, folded to ``rows`` lines."""
    title, why = "FIX NOW", "exploited, or critical or high with a fix"
    upgrades = urgent_upgrades(findings, subject.packages)
    if not upgrades:
        title, why = "FIX", "nobody has graded these flaws, so they may be urgent"
        upgrades = ungraded_upgrades(findings, subject.packages)
    if not upgrades:
        return _nothing_urgent(findings, style)
    room = max(_LEAST_UPGRADES, rows - 2)
    shown = upgrades if len(upgrades) <= room else upgrades[: room - 1]
    lines = ["", f"{paint(title, 'strong')}  {paint(why, 'faint')}"]
    lines += _upgrade_lines(shown, style, paint)
    if len(upgrades) > len(shown):
        lines.append(f"  … {plural(len(upgrades) - len(shown), 'more package')}: --full")
    return lines


def _nothing_urgent(findings: Sequence[Finding], style: Style) -> list[str]:
    """Say that no upgrade is urgent; where that is for want of a fix, `unfixed` says so."""
    worst = by_severity(count(_worst_unfixed(findings)))
    flaws = any(finding.kind is FindingKind.VULNERABILITY for finding in findings)
    if not flaws or (worst and not style.full):
        return []
    if worst:
        waiting = ", ".join(words for _, words in worst)
        words = f"No fix yet for {waiting}: look for a workaround"
    else:
        words = "Nothing urgent: none known to be exploited, none graded critical or high"
    return ["", *wrapped(words, style.width, "", "  ")]


def _upgrade_lines(shown: Sequence[Upgrade], style: Style, paint: Ink) -> list[str]:
    widest = max(columns(printable(upgrade.name)) for upgrade in shown)
    name_width = min(widest, _name_room(style))
    why = [_why(upgrade, brief=style.width < _ROOMY) for upgrade in shown]
    room = style.width - name_width - 6 - max(columns(" ".join(words)) for words in why)
    changes = [_change(upgrade, room) for upgrade in shown]
    width = max(map(columns, changes))
    lines = []
    for upgrade, change, words in zip(shown, changes, why, strict=True):
        shown_name = _name(upgrade, name_width)
        name = padded(shown_name, name_width)
        change = padded(change, width)
        left = f"  {paint(name, 'strong')}  {change}  {_coloured(words, upgrade, paint)}"
        used = 2 + name_width + 2 + width + 2 + columns(" ".join(words))
        place = _place(upgrade, style.width - used - 2)
        lines.append(f"{left}  {paint(place, 'faint')}" if place else left)
    return lines


def _name_room(style: Style) -> int:
    """Return how many columns a name may take."""
    if style.width < _ROOMY:
        return _NAME_WIDTH // 2
    return _NAME_WIDTH if style.width < _WIDE else _WIDE_NAME


def _name(upgrade: Upgrade, width: int) -> str:
    """Return a name; of a long one of a language the end says most (``…log4j:log4j-core``)."""
    name = printable(upgrade.name)
    return fitted_end(name, width) if upgrade.type else fitted(name, width)


def _place(upgrade: Upgrade, room: int) -> str:
    """Return where a language package is to be changed, empty where there is no room to say it."""
    trees = list(dict.fromkeys(tree_of(place, upgrade.name) for place in upgrade.places))
    if not trees or room < _LEAST_PLACE:
        return ""
    more = f" +{len(trees) - 1}" if len(trees) > 1 else ""
    return fitted_end(printable(trees[0]), room - columns(more)) + more


def unfixed(findings: Sequence[Finding], style: Style, paint: Ink, rows: int) -> list[str]:
    """Return the worst findings that nothing ends yet, critical and high, folded to ``rows``."""
    worst = _worst_unfixed(findings)
    if not worst:
        return []
    room = max(_LEAST_UNFIXED, min(_UNFIXED_SHOWN, rows - 2))
    shown = worst if len(worst) <= room else worst[: max(1, room - 1)]
    head = paint("NO FIX YET", "strong")
    lines = ["", f"{head}  {paint('critical and high; look for a workaround', 'faint')}"]
    rules = [fitted(printable(finding.rule), _NAME_WIDTH) for finding in shown]
    width = max(map(columns, rules))
    for finding, rule in zip(shown, rules, strict=True):
        grade = padded(finding.severity.value, 8)
        package = f"{printable(finding.package_name)} {printable(finding.package_version)}"
        state = finding.fix.state
        facts = package if state is FixState.NOT_FIXED else f"{package}: {fix_words(state)}"
        room_left = style.width - 2 - 8 - 2 - width - 2
        lines.append(
            f"  {paint(grade, finding.severity)}  {padded(rule, width)}  {fitted(facts, room_left)}"
        )
    if len(worst) > len(shown):
        lines.append(f"  … {len(worst) - len(shown)} more: --full")
    return lines


def _worst_unfixed(findings: Iterable[Finding]) -> list[Finding]:
    return [
        finding
        for finding in findings
        if finding.severity.rank >= Severity.HIGH.rank
        and not (finding.fix.version or finding.exploited)
        and finding.kind is FindingKind.VULNERABILITY
    ]


def by_layer(
    subject: Subject, findings: Sequence[Finding], style: Style, paint: Ink, rows: int
) -> list[str]:
    """
    Return what each layer brought, the base image's apart; nothing for a single layer.

    Layers without a finding are left out unless ``full``.
    """
    shares = layer_shares(subject, findings)
    hit = [share for share in shares if share.findings.total]
    most = min(_LAYERS_SHOWN, rows - 3)
    if len(shares) < 2 or not hit or (most < 1 and not style.full):
        return []
    worst = sorted(hit, key=_gravity)
    kept = shares if style.full else [s for s in hit if s in worst[:most]]
    parts = fitted(_parts(subject, shares), style.width - 10)
    lines = ["", f"{paint('BY LAYER', 'strong')}  {paint(parts, 'faint')}".rstrip()]
    lines += _layer_lines(kept, style, paint)
    if len(hit) > len(kept):
        lines.append(f"  … {plural(len(hit) - len(kept), 'more layer')}: --full")
    return lines


def _gravity(share: LayerShare) -> tuple[int, ...]:
    found = share.findings
    return -found.critical, -found.high, -found.total, -share.packages, share.layer.index


def inventory(subject: Subject, style: Style, paint: Ink, rows: int) -> list[str]:
    """Return the packages by type, then as many names as fit (all of them when full)."""
    kinds = Counter(package.type.value for package in subject.packages)
    counts = ", ".join(f"{number} {kind}" for kind, number in sorted(kinds.items()))
    if not counts:
        return ["", "No package was found; nothing was checked for flaws."]
    lines = ["", f"{paint(counts, 'strong')}; not checked for flaws", ""]
    room = len(subject.packages) if style.full else max(_LEAST_UPGRADES, rows - len(lines) - 2)
    shown = subject.packages[:room]
    width = min(40, max(columns(printable(package.name)) for package in shown))
    for package in shown:
        name = padded(fitted(printable(package.name), width), width)
        lines.append(fitted(f"  {name}  {printable(package.version)}", style.width))
    if len(subject.packages) > len(shown):
        lines.append(f"  … {plural(len(subject.packages) - len(shown), 'more package')}: --full")
    return lines


def _change(upgrade: Upgrade, room: int) -> str:
    """Return ``installed → fix``, the installed version giving way where room is short."""
    if upgrade.malicious:
        return fitted(f"{printable(upgrade.installed)}: remove it", room)
    steps = [" or ".join(upgrade.fixes)] if upgrade.fixes else []
    steps += [f"with {upgrade.offer} {' or '.join(upgrade.paid)}"] if upgrade.paid else []
    if not steps:
        return fitted(f"{printable(upgrade.installed)}: no fix yet", room)
    target = printable(", ".join(steps))
    whole = f"{printable(upgrade.installed)} → {target}"
    return whole if columns(whole) <= room else fitted(f"→ {target}", room)


def _why(upgrade: Upgrade, *, brief: bool) -> list[str]:
    worst = by_severity(upgrade.flaws)[0][1]
    total = upgrade.flaws.total
    alike = worst.partition(" ")[0] == str(total)
    words = [worst if brief or alike else f"{plural(total, 'flaw')}, {worst}"]
    return [*words, "EXPLOITED"] if upgrade.exploited else words


def _coloured(words: list[str], upgrade: Upgrade, paint: Ink) -> str:
    severity = by_severity(upgrade.flaws)[0][0]
    return " ".join([paint(words[0], severity), *(paint(word, "bad badge") for word in words[1:])])


def _parts(subject: Subject, shares: Iterable[LayerShare]) -> str:
    totals = Counter[str]()
    for share in shares:
        totals[share.part] += share.findings.total
    if "base" not in totals:
        return ""
    base = base_words(subject) or "base image (as far as its history tells)"
    return f"{base} {totals['base']}, on top {totals['app']}"


def _layer_lines(shares: Sequence[LayerShare], style: Style, paint: Ink) -> list[str]:
    counts = [f"{plural(share.packages, 'package'):>13}" for share in shares]
    found = [_short(share.findings) for share in shares]
    width = max(map(columns, found))
    lines = []
    for share, packages, findings in zip(shares, counts, found, strict=True):
        place = f"{share.layer.index:>3}" if share.layer.index >= 0 else "  ?"
        left = f"  {share.part:<4}{place}  "
        room = style.width - columns(left) - columns(packages) - width - 4
        step = padded(fitted(printable(share.step), room), room)
        colour = by_severity(share.findings)[0][0] if share.findings.total else "faint"
        lines.append(f"{left}{step}  {packages}  {paint(findings, colour)}")
    return lines


def _short(counts: Counts) -> str:
    total = counts.total
    worst = f", {by_severity(counts)[0][1]}" if total else ""
    return f"{plural(total, 'finding')}{worst}"
