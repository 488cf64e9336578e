"""Fixes whose builds differ in more than was announced are withdrawn, and the rest stays."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path

from pratique.model.built import Effect
from pratique.model.fault import Fault
from pratique.model.finding import Finding, FindingKind
from pratique.pipelines.building import Baked, Bases, Recipe
from pratique.pipelines.lint_looking import Hit
from pratique.pipelines.mend_file import Mended
from pratique.pipelines.verify_build import Verified, effects_of, recipe_of, verify_build
from tests.makers.image import ImageMaker, archive

FILE = b"FROM a:1\n"
QUIET, LOUD = "apt-lists-left", "apk-cache-left"
"""Two rules whose fixes announce that they remove something, and different things."""
NO_BASES = Bases()
Making = Callable[[bytes, int], Mapping[str, bytes]]


class Kitchen:
    """A builder that makes files of what is written in a Dockerfile, and counts its builds."""

    version = "kitchen 1"

    def __init__(self, folder: Path, making: Making, config: str = "app") -> None:
        self.folder, self.making, self.config, self.seen = folder, making, config, list[bytes]()

    def base(self, target: str) -> str:
        """Return the target: it is a name."""
        return target

    def build(self, recipe: Recipe) -> Baked:
        """Return an archive of what is to be made; nothing where that is an error."""
        self.seen.append(recipe.content)
        try:
            files = self.making(recipe.content, len(self.seen))
        except ValueError as error:
            return Baked(problem=str(error))
        maker = ImageMaker()
        members = maker.docker_files((maker.image(files), ["x:1"]))
        place = archive(self.folder / f"{len(self.seen)}.tar", members)
        config = {"config": {"User": self.config}}
        return Baked(archive=place, config=json.dumps(config).encode())


def hit(rule: str) -> Hit:
    """Return a finding that was mended."""
    finding = Finding(id=rule, kind=FindingKind.CONFIG, rule=rule)
    return Hit(fault=Fault(line=1, note="x"), finding=finding)


def remend(refused: frozenset[str] = frozenset()) -> Mended:
    """Return the file with a word for each fix that is not refused."""
    made = [rule for rule in (QUIET, LOUD) if rule not in refused]
    text = FILE + b"".join(b"RUN %s\n" % rule.encode() for rule in made)
    return Mended(content=text, made=tuple(map(hit, made)))


def verified(folder: Path, making: Making, bases: Bases = NO_BASES) -> tuple[Verified, Kitchen]:
    """Return what a builder has shown of the two fixes."""
    kitchen = Kitchen(folder, making)
    return verify_build(remend(), remend, Recipe(content=FILE), kitchen, bases), kitchen


def gone(one: Verified) -> list[tuple[str, str]]:
    """Return the rules whose fixes were withdrawn, and why."""
    return [(hit.finding.rule, why) for hit, why in one.mended.withdrawn]


def test_equal_builds_take_two_of_them(tmp_path: Path):
    """All fixes stay, and it is said what was compared."""
    found, kitchen = verified(tmp_path, lambda text, _: {"a": b"1"})

    assert (found.mended, len(kitchen.seen)) == (remend(), 2)
    assert "1 paths of 0.0 MB before" in found.rebuilt.said
    assert "nothing differs" in found.rebuilt.said
    assert (found.rebuilt.paths, found.rebuilt.size_bytes) == ((1, 1), (1, 1))
    assert not list(tmp_path.glob("*.tar"))


def test_announced_differences_are_told_and_stay(tmp_path: Path):
    """Apt's lists go, which is what the fix is for."""

    def making(text: bytes, _: int) -> Mapping[str, bytes]:
        kept = {"var/lib/apt/lists/auxfiles": b""}
        return kept if QUIET.encode() in text else {**kept, "var/lib/apt/lists/x/y": b"1"}

    found, _ = verified(tmp_path, making)

    assert not gone(found)
    assert "as announced, 2 paths removed (var/lib/apt/lists/x, " in found.rebuilt.said


def test_the_fix_that_changes_more_goes_alone(tmp_path: Path):
    """Each rule is built by itself, and what is left is built again."""

    def making(text: bytes, _: int) -> Mapping[str, bytes]:
        return {"a": b"1", **({"b": b"2"} if LOUD.encode() in text else {})}

    found, _ = verified(tmp_path, making)

    assert gone(found) == [(LOUD, "the build differs: 1 path added (b)")]
    assert found.mended.content == remend(frozenset({LOUD})).content


def test_what_differs_by_nature_counts_for_nothing(tmp_path: Path):
    """A third build shows it."""
    found, kitchen = verified(tmp_path, lambda _, number: {"a": b"%d" % number})

    assert (gone(found), len(kitchen.seen)) == ([], 3)


def test_fixes_that_are_bad_only_together(tmp_path: Path):
    """None of them is kept, as none can be blamed."""

    def making(text: bytes, _: int) -> Mapping[str, bytes]:
        both = LOUD.encode() in text and QUIET.encode() in text
        return {"a": b"1", **({"b": b"2"} if both else {})}

    found, _ = verified(tmp_path, making)

    assert [rule for rule, _ in gone(found)] == [QUIET, LOUD]
    assert found.mended.content == FILE


def test_a_file_that_builds_neither_way(tmp_path: Path):
    """There is no proof, so no fix."""

    def making(text: bytes, _: int) -> Mapping[str, bytes]:
        raise ValueError("no such base")

    found, _ = verified(tmp_path, making)

    assert found.mended.content == FILE
    assert [why for _, why in gone(found)] == [
        "the file does not build, before the fixes or after: no such base"
    ] * 2


def test_a_file_that_builds_only_with_its_fixes(tmp_path: Path):
    """They stay: there was nothing that they could have changed."""

    def making(text: bytes, _: int) -> Mapping[str, bytes]:
        if text == FILE:
            raise ValueError("asks a question")
        return {"a": b"1"}

    found, _ = verified(tmp_path, making)

    assert found.mended == remend()
    assert "did not build before (asks a question)" in found.rebuilt.said


def test_a_fix_that_breaks_the_build(tmp_path: Path):
    """It goes, the other stays."""

    def making(text: bytes, _: int) -> Mapping[str, bytes]:
        if LOUD.encode() in text:
            raise ValueError("boom")
        return {"a": b"1"}

    found, _ = verified(tmp_path, making)

    assert gone(found) == [(LOUD, "the file does not build then: boom")]


def test_substituted_bases_are_said(tmp_path: Path):
    """And are what is built on."""
    bases = Bases(targets={"a:1": "oci-archive:x"}, names={"a:1": "localhost/b"})
    found, kitchen = verified(tmp_path, lambda *_: {}, bases)

    assert kitchen.seen[0] == b"FROM localhost/b\n"
    assert "(a:1 is oci-archive:x)" in found.rebuilt.said


def test_what_a_check_announces():
    """Nothing, where it does not say."""
    (lists,) = effects_of({"apt-lists-left"})
    (asks,) = effects_of({"apt-get-asks"})

    assert "var/lib/apt/lists/*" in lists.removed
    assert asks == Effect()


def test_where_a_file_is_built(tmp_path: Path):
    """In its folder, with the ignore file of its own; standard input in an empty one."""
    (tmp_path / "D.dockerignore").write_text("x")

    assert recipe_of(b"", tmp_path / "D").ignored == tmp_path / "D.dockerignore"
    assert recipe_of(b"", tmp_path / "E") == Recipe(content=b"", context=tmp_path)
    assert recipe_of(b"", None).context is None
