"""A fix is made only with proof; what fails it is withdrawn and said."""

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from pratique.model.edit import Edit
from pratique.model.fault import Fault, FixClass
from pratique.model.finding import Finding, FindingKind
from pratique.model.unknown import Stage, Unknown
from pratique.pipelines.lint_looking import Hit, Looked
from pratique.pipelines.mend_file import mend

SAFE = frozenset({FixClass.SAFE})


def hit(at: int, text: bytes, rule: str = "bad", fix: FixClass = FixClass.SAFE) -> Hit:
    """Return a finding whose fix puts a text in place of one byte."""
    edits = (Edit("f", at, at + 1, text),)
    return Hit(
        fault=Fault(line=1, note="x", edits=edits, fix=fix),
        finding=Finding(id=f"{rule}{at}", kind=FindingKind.CONFIG, rule=rule),
    )


def looking(text: bytes, worse: bytes = b"") -> Callable[[bytes], Looked]:
    """Return a look that finds each ``x``, mended by ``text``; ``worse`` is a second rule."""

    def look(content: bytes) -> Looked:
        places = [at for at, byte in enumerate(content) if byte == ord("x")]
        hits = [hit(at, text) for at in places]
        hits += [hit(at, b"-", "worse") for at in range(content.count(worse) if worse else 0)]
        parts = tuple((n, n + 1, chr(byte)) for n, byte in enumerate(content))
        return Looked(hits=tuple(hits), outline=() if worse else parts)

    return look


def test_every_fix_is_made_and_a_second_run_changes_nothing():
    """All at once, and idempotent."""
    look = looking(b"ok")
    done = mend(b"axbxc", look, SAFE)

    assert (done.content, len(done.made), done.withdrawn) == (b"aokbokc", 2, ())
    assert mend(done.content, look, SAFE).content == done.content


def test_a_fix_that_mends_nothing_is_withdrawn():
    """Its finding is still there."""
    done = mend(b"ax", looking(b"x"), SAFE)

    assert done.content == b"ax"
    assert [reason for _, reason in done.withdrawn] == ["bad is still found then"]


def test_a_fix_that_brings_another_finding_is_withdrawn():
    """Whatever rule it breaks."""
    done = mend(b"ax", looking(b"w", worse=b"w"), SAFE)

    assert done.content == b"ax"
    assert [reason for _, reason in done.withdrawn] == ["worse is found then"]


def test_a_bad_fix_does_not_keep_good_ones_back():
    """Proved together first, each by itself then."""

    def look(content: bytes) -> Looked:
        hits = [hit(0, b"x")] if content[:1] == b"x" else []
        hits += [hit(2, b"y", "other")] if content[2:3] == b"x" else []
        return Looked(hits=tuple(hits))

    done = mend(b"xax", look, SAFE)

    assert (done.content, len(done.withdrawn)) == (b"xay", 1)


def test_one_bad_fix_among_many_costs_no_good_one():
    """It is found out, and all the others are made."""

    def look(content: bytes) -> Looked:
        places = [at for at, byte in enumerate(content) if byte == ord("x")]
        hits = [hit(at, b"x" if at == 30 else b"y") for at in places]
        return Looked(hits=tuple(hits))

    done = mend(b"x" * 60, look, SAFE)

    assert done.content == b"y" * 30 + b"x" + b"y" * 29
    assert len(done.withdrawn) == 1


def test_fixes_that_only_harm_together_are_made_one_by_one():
    """As far as they go."""

    def look(content: bytes) -> Looked:
        if content == b"yy":
            return Looked(hits=(hit(0, b"y"), hit(1, b"y"), hit(1, b"y")))
        places = [at for at, byte in enumerate(content) if byte == ord("x")]
        return Looked(hits=tuple(hit(at, b"y") for at in places))

    assert mend(b"xx", look, SAFE).content == b"yx"


def test_a_fix_that_breaks_the_file_is_withdrawn():
    """What cannot be read then is no fix."""

    def look(content: bytes) -> Looked:
        if content == b"x":
            return Looked(hits=(hit(0, b"!"),))
        unknown = Unknown(stage=Stage.SOURCE, unit="parser", location="f", reason="broken")
        return Looked(unknowns=(unknown,))

    assert mend(b"x", look, SAFE).withdrawn[0][1] == "the file cannot be read then: broken"


def test_what_is_put_at_the_very_end_belongs_to_the_last_part():
    """A file need not end with a line feed."""

    def look(content: bytes) -> Looked:
        edit = Edit("f", 1, 1, b"y")
        fault = Fault(line=1, note="x", edits=(edit,))
        finding = Finding(id="x", kind=FindingKind.CONFIG, rule="x")
        hits = (Hit(fault=fault, finding=finding),) if content == b"x" else ()
        return Looked(hits=hits, outline=((0, len(content), content.decode()),))

    assert mend(b"x", look, SAFE).content == b"xy"


def test_a_fix_that_changes_another_part_is_withdrawn():
    """Parts that no edit touches must mean the same."""

    def look(content: bytes) -> Looked:
        hits = (hit(0, b"y"),) if content[:1] == b"x" else ()
        return Looked(hits=hits, outline=((0, 1, "a"), (2, 4, content[:1].decode())))

    assert mend(b"x   ", look, SAFE).withdrawn[0][1] == "a part outside the edit changed"


def test_only_wanted_classes_are_made():
    """A verified fix waits to be asked for."""

    def look(content: bytes) -> Looked:
        hits = (hit(0, b"y", fix=FixClass.VERIFIED),) if content == b"x" else ()
        return Looked(hits=hits)

    assert mend(b"x", look, SAFE).content == b"x"
    assert mend(b"x", look, frozenset(FixClass)).content == b"y"


@given(st.binary(max_size=40))
def test_bytes_outside_the_edits_stay(content: bytes):
    """Whatever the file holds."""
    assert mend(content, looking(b"ok"), SAFE).content == content.replace(b"x", b"ok")
