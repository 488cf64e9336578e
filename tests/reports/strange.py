"""Make reports whose every string is chosen by the image, as Hypothesis would choose them."""

from hypothesis import strategies as st
from msgspec.structs import replace

from pratique.formats.purl import package_url
from pratique.model.digest import sha256_of
from pratique.model.finding import Confidence, Evidence, Finding, FindingKind, Part
from pratique.model.image import HistoryEntry
from pratique.model.package import Package, PackageType, Scope
from pratique.model.report import Report
from pratique.model.severity import Severity
from pratique.model.unknown import Unknown
from pratique.model.verdict import (
    Answer,
    DataBasis,
    Mode,
    PolicyName,
    Reason,
    Verdict,
    Waiver,
    WaiverState,
)
from tests.makers import report as made

WORDS = st.text(max_size=12) | st.sampled_from(
    ["", "MIT", "a b", "\x1b[2J", "\u202e", '"\\', "../", "1:2-3"]
)


@st.composite
def strange_reports(draw: st.DrawFn) -> Report:
    """Draw a report of one subject with hostile names, versions, licences, links and dates."""
    packages = draw(st.lists(strange_packages(), min_size=1, max_size=3))
    word = draw(WORDS)
    findings = tuple(
        made.finding(
            f"CVE-1{draw(WORDS)}",
            draw(st.sampled_from(packages)),
            draw(st.sampled_from(list(Severity))),
            draw(WORDS),
            names=(draw(WORDS), word),
            references=(draw(WORDS), f"https://a.example/{draw(WORDS)}"),
            cwes=(draw(WORDS), "CWE-79"),
            published=draw(WORDS | st.dates().map(str)),
            evidence=(Evidence(advisory=word, feed=word, url=draw(WORDS), comparison=word),),
            suppressed=draw(st.sampled_from(["", word])),
        )
        for _ in range(draw(st.integers(0, 3)))
    )
    others = tuple(draw(strange_others()) for _ in range(draw(st.integers(0, 3))))
    image = made.image()
    config = replace(image.config, history=(HistoryEntry(created_by=word),))
    subject = made.subject(
        image=replace(image, name=draw(WORDS), target=word or "x", config=config),
        distro=replace(made.DISTRO, id=draw(WORDS), version=draw(WORDS), name=draw(WORDS)),
        packages=tuple(packages),
        findings=findings + others,
        unknowns=(replace(made.UNREADABLE, location=word, reason=draw(WORDS)),),
        verdict=draw(st.none() | strange_verdicts()),
    )  # fmt: skip
    return made.report(subject, subject) if draw(st.booleans()) else made.report(subject)


@st.composite
def strange_others(draw: st.DrawFn) -> Finding:
    """Draw a finding that no advisory speaks of: a secret, malware, configuration…"""
    kinds = [kind for kind in FindingKind if kind is not FindingKind.VULNERABILITY]
    rule, word = draw(st.text(min_size=1, max_size=9)), draw(WORDS)
    layer = replace(made.layer_ref(draw(st.integers(0, 1))), created_by=word)
    return Finding(
        id=sha256_of(rule.encode("utf-8", "surrogatepass"))[7:23],
        kind=draw(st.sampled_from(kinds)),
        rule=rule,
        title=draw(WORDS),
        description=draw(WORDS),
        names=(rule, word),
        severity=draw(st.sampled_from(list(Severity))),
        confidence=draw(st.sampled_from(list(Confidence))),
        location=draw(WORDS),
        line=draw(st.integers(0, 9)),
        masked=draw(WORDS),
        fingerprint=draw(WORDS),
        layer=draw(st.sampled_from([None, layer])),
        hidden_by=draw(st.sampled_from([None, layer])),
        part=draw(st.sampled_from(list(Part))),
        evidence=(Evidence(advisory=word, feed="pratique", name=word, note=draw(WORDS)),),
        suppressed=draw(st.sampled_from(["", word])),
    )


@st.composite
def strange_verdicts(draw: st.DrawFn) -> Verdict:
    """Draw a verdict whose words the image, the policy and the exceptions chose."""
    waiver = Waiver(
        place=draw(WORDS),
        state=draw(st.sampled_from(list(WaiverState))),
        about=draw(WORDS),
        owner=draw(WORDS),
        reason=draw(WORDS),
        expires=draw(WORDS),
        why=draw(WORDS),
    )
    reason = Reason(
        rule=draw(WORDS),
        answer=draw(st.sampled_from(list(Answer))),
        message=draw(WORDS),
        mode=draw(st.sampled_from([None, *Mode])),
        unknowns=(Unknown(stage=made.UNREADABLE.stage, unit="x", location="y", reason="z"),),
        waivers=(waiver,),
        data=(DataBasis(ecosystem=draw(WORDS), built=draw(WORDS)),),
        fix=draw(WORDS),
    )
    return Verdict(
        answer=draw(st.sampled_from(list(Answer))),
        policy=PolicyName(name=draw(WORDS), sha256=draw(WORDS), extends=draw(WORDS)),
        now=made.NOW,
        reasons=tuple([reason] * draw(st.integers(0, 2))),
        waivers=(waiver,),
        baseline=draw(WORDS),
    )


@st.composite
def strange_packages(draw: st.DrawFn) -> Package:
    """Draw a package whose purl is well formed, as extractors make it, and nothing else is."""
    name = draw(st.text(min_size=1, max_size=10))
    version = draw(st.text(min_size=1, max_size=10))
    arch = draw(WORDS)
    return made.deb(
        name,
        version,
        source=draw(WORDS),
        type=PackageType.DEB,
        purl=package_url("deb", name, version, "debian", {"arch": arch}),
        arch=arch,
        vendor=draw(WORDS),
        licences=tuple(draw(st.lists(WORDS, max_size=2))),
        location=draw(WORDS),
        declared=draw(st.booleans()),
        scope=draw(st.sampled_from(list(Scope))),
        depends=tuple(draw(st.lists(WORDS, max_size=2))),
        owner=draw(WORDS),
        cpes=tuple(draw(st.lists(WORDS, max_size=2))),
    )
