"""
Read a policy file.

::

    pratique-policy: 1
    name: acme-payments
    extends: baseline
    settings: {max-data-age-days: 3, fix-grace-days: 7}
    modes: {root-user: deny, fixable-high-flaw: deny}
    doubts: {third-party-package: allow}
    rules:
      - id: image-without-owner
        match: image
        expression: '!("org.example.owner" in image.labels)'
        message: nobody answers for this image
        mode: deny
    exceptions:
      - finding: CVE-2026-0001
        package: pkg:deb/debian/openssl
        owner: team-payments
        reason: the server does not accept certificates of clients
        expires: 2026-12-31
    examples:
      - name: an image that says whose it is
        evidence: {image: {labels: {org.example.owner: payments}}}
        expect: allow

Laws: a mistake anywhere refuses the whole file, with file, line, column and a hint; a key that is not
known is a mistake; nothing is switched off by leaving it out. Expressions are compiled here, so that a
policy which cannot run is refused before anything is scanned. Bounds: ``MAX_RULES``.
"""

import hashlib
from datetime import date

from msgspec.structs import replace

from pratique.formats.documents.placed_yaml import MisplacedYaml, Placed, parse_placed
from pratique.model.errors import FormatError, UsageError
from pratique.model.severity import Severity
from pratique.model.verdict import Answer, Mode, PolicyName
from pratique.policy._fields import Fields
from pratique.policy.case import Settings
from pratique.policy.cel.compiling import compile_expression
from pratique.policy.doubts import DOUBTS
from pratique.policy.exceptions import PolicyException
from pratique.policy.policy import MATCHES, Expectation, Policy, UserRule
from pratique.policy.profiles import DEFAULT, PROFILES, may_be_worth
from pratique.policy.rules import RULES
from pratique.policy.version_range import parse_range

MARK = "pratique-policy"
MAX_RULES = 500
MAX_EXCEPTIONS = 5000
KEYS = (MARK, "name", "extends", "settings", "modes", "doubts", "rules", "exceptions", "examples")
RULE_KEYS = (
    *("id", "match", "expression", "mode", "message"),
    *("messageExpression", "severity", "fix"),
)
EXCEPTION_KEYS = (
    *("finding", "package", "versions", "path", "image"),
    *("owner", "reason", "expires"),
)
EXAMPLE_KEYS = ("name", "evidence", "expect", "fires")
SETTING_KEYS = (
    "max-data-age-days",
    "max-record-age-days",
    "fix-grace-days",
    "allowed-licences",
)


def read_policy(content: bytes, place: str) -> Policy:
    """
    Return the policy in a file; ``place`` is its name.

    Raises:
        UsageError: a mistake; the message begins with ``file:line:column``.
    """
    try:
        root = parse_placed(content)
    except MisplacedYaml as error:
        raise UsageError(f"{place}:{error.line}:{error.column}: {error}") from None
    except FormatError as error:
        raise UsageError(f"{place}: {error}", hint=error.hint()) from None
    top = Fields(root, place, "a policy", KEYS)
    if top.text(MARK) != "1":
        raise top.wrong(MARK, f"{MARK} must be 1", "another version is not known")
    profile = PROFILES[top.choice("extends", tuple(PROFILES), DEFAULT)]
    rules = tuple(_rule(one, place) for one in top.items("rules", MAX_RULES))
    _check_ids(rules)
    name = PolicyName(
        name=top.text("name") or place,
        sha256=hashlib.sha256(content + b"\0" + profile.sha256.encode()).hexdigest(),
        extends=profile.name,
        place=place,
    )
    return Policy(
        name=name,
        profile=profile,
        settings=_settings(top.sub("settings", SETTING_KEYS), profile.settings),
        modes={**profile.modes, **_modes(top.sub("modes", tuple(profile.modes)))},
        doubts={**profile.doubts, **_doubts(top.sub("doubts", tuple(DOUBTS)))},
        rules=rules,
        exceptions=tuple(_exception(one, place) for one in top.items("exceptions", MAX_EXCEPTIONS)),
        examples=tuple(_example(one, place) for one in top.items("examples", MAX_RULES)),
    )


def _settings(fields: Fields, start: Settings) -> Settings:
    for key in SETTING_KEYS:
        if not fields.has(key):
            continue
        name = key.replace("-", "_")
        if key == "allowed-licences":
            start = replace(start, allowed_licences=fields.texts(key))
        else:
            start = replace(start, **{name: fields.number(key)})
    return start


def _modes(fields: Fields) -> dict[str, Mode]:
    modes = tuple(one.value for one in Mode)
    return {name: Mode(fields.choice(name, modes)) for name in fields.names()}


def _doubts(fields: Fields) -> dict[str, Answer]:
    found: dict[str, Answer] = {}
    for name in fields.names():
        worth = Answer(fields.choice(name, ("allow", "warn", "undecided")))
        if not may_be_worth(name, worth):
            raise fields.wrong(name, f"{name} is always undecided", "no policy can let it pass")
        found[name] = worth
    return found


def _rule(value: Placed, place: str) -> UserRule:
    fields = Fields(value, place, "a rule", RULE_KEYS)
    match = fields.choice("match", MATCHES)
    rule = UserRule(
        id=fields.name("id"),
        match=match,
        expression=fields.expression("expression"),
        mode=Mode(fields.choice("mode", tuple(one.value for one in Mode), "deny")),
        message=fields.text("message", needed=True),
        message_expression=(
            fields.expression("messageExpression") if fields.has("messageExpression") else None
        ),
        severity=Severity(
            fields.choice("severity", tuple(one.value for one in Severity), "unknown")
        ),
        fix=fields.text("fix"),
        place=f"{place}:{value.line}",
    )
    compile_expression(rule.expression, match)
    if rule.message_expression is not None:
        compile_expression(rule.message_expression, match, "STRING")
    return rule


def _check_ids(rules: tuple[UserRule, ...]) -> None:
    taken = {*(one.name for one in RULES), *DOUBTS}
    for rule in rules:
        if rule.id in taken:
            raise UsageError(
                f"{rule.place}: there is another rule or doubt {rule.id!r}",
                hint="choose another id; `modes` changes what a built-in rule does",
            )
        taken.add(rule.id)


def _exception(value: Placed, place: str) -> PolicyException:
    fields = Fields(value, place, "an exception", EXCEPTION_KEYS)
    expires = fields.text("expires", needed=True)
    try:
        last_day = date.fromisoformat(expires)
    except ValueError:
        raise fields.wrong("expires", f"{expires[:20]!r} is no date", "YYYY-MM-DD") from None
    versions = fields.text("versions")
    if versions:
        if not fields.has("package"):
            raise fields.wrong("versions", "versions of which package?", "add package")
        try:
            parse_range(versions)
        except FormatError as error:
            raise fields.wrong("versions", str(error), error.hint()) from None
    return PolicyException(
        place=f"{place}:{value.line}",
        names=fields.texts("finding", needed=True),
        owner=fields.text("owner", needed=True),
        reason=fields.text("reason", needed=True),
        expires=last_day,
        package=fields.text("package"),
        versions=versions,
        path=fields.text("path"),
        image=fields.text("image"),
    )


def _example(value: Placed, place: str) -> Expectation:
    from pratique.policy.examples import check_evidence

    fields = Fields(value, place, "an example", EXAMPLE_KEYS)
    evidence = fields.placed("evidence")
    answers = tuple(one.value for one in Answer)
    return Expectation(
        name=fields.text("name", needed=True),
        place=f"{place}:{value.line}",
        evidence=check_evidence(evidence, place) if evidence is not None else {},
        answer=Answer(fields.choice("expect", answers)),
        fires=fields.texts("fires") if fields.has("fires") else None,
    )
