"""
Build a Dockerfile before and after its fixes, and withdraw the fixes that change more than they say.

Laws: a fix stays where all that differs between the two builds was announced by a fix that was made
(``EFFECT`` of its check); where it was not, each rule's fixes are built by themselves, those that
differ are withdrawn, and the rest is built again. What two builds of the same file differ in counts
for nothing. A file that builds neither before nor after has no proof: its fixes are withdrawn. Bound:
``MOST_BUILDS`` of one file.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from pratique.formats.dockerfile.parsing import parse
from pratique.formats.dockerfile.rebase import rebase
from pratique.kit import registry
from pratique.model.built import Built, Effect
from pratique.model.errors import FormatError, TargetError
from pratique.pipelines.building import Bases, Builder, Rebuilt, Recipe
from pratique.pipelines.lint_looking import Hit
from pratique.pipelines.mend_file import Mended
from pratique.pipelines.read_built import read_built
from pratique.policy.rebuilt import Differences, beyond, differ

MOST_BUILDS = 24


class Verified(Struct, frozen=True, kw_only=True):
    """What stays of the fixes of a file, and what its builds have shown."""

    mended: Mended
    rebuilt: Rebuilt


Remend = Callable[[frozenset[str]], Mended]
"""Mend the file anew, all but the fixes of these rules."""


def verify_build(
    mended: Mended, remend: Remend, recipe: Recipe, builder: Builder, bases: Bases
) -> Verified:
    """
    Return the fixes of a file that a build shows to change nothing but what they announce.

    Args:
        mended: the file with all its fixes.
        remend: how to mend it without some of them.
        recipe: the file before the fixes, and where it is built.
        builder: what builds.
        bases: the images to build on.
    """
    return _Verifying(mended, remend, recipe, builder, bases).verified()


class _Failed(FormatError):
    """Say why there is no build to compare."""


class _Verifying:
    def __init__(
        self, mended: Mended, remend: Remend, recipe: Recipe, builder: Builder, bases: Bases
    ) -> None:
        self.mended = mended
        self.remend = remend
        self.recipe = recipe
        self.builder = builder
        self.bases = bases
        self.builds = 0
        self.used: set[str] = set()
        self.by_nature: Differences | None = None

    def verified(self) -> Verified:
        try:
            before = self._built(self.recipe.content)
        except FormatError as error:
            return self._unbuilt(str(error))
        try:
            return self._compared(before)
        except FormatError as error:
            return self._none(f"the file with the fixes does not build: {error}")

    def _compared(self, before: Built) -> Verified:
        try:
            after = self._built(self.mended.content)
            left = self._left(before, after, self.mended)
        except _Failed:
            left = None
        if left is not None and not left:
            return Verified(mended=self.mended, rebuilt=self._shown(before, after))
        bad = {rule: why for rule in self._rules() if (why := self._alone(rule, before))}
        if not bad:  # each is good, all together are not
            return self._none(f"all fixes together change more than they say: {left}")
        kept = self.remend(frozenset(bad))
        after = self._built(kept.content)
        if left := self._left(before, after, kept):
            return self._none(f"the build differs: {left}")
        gone = tuple((hit, bad[hit.finding.rule]) for hit in self._of(bad))
        mended = Mended(content=kept.content, made=kept.made, withdrawn=(*kept.withdrawn, *gone))
        return Verified(mended=mended, rebuilt=self._shown(before, after))

    def _alone(self, rule: str, before: Built) -> str:
        """Return what speaks against the fixes of one rule, built without the others."""
        others = frozenset(self._rules()) - {rule}
        try:
            only = self.remend(others)
            left = self._left(before, self._built(only.content), only)
        except FormatError as error:
            return f"the file does not build then: {error}"
        return f"the build differs: {left}" if left else ""

    def _left(self, before: Built, after: Built, mended: Mended) -> Differences:
        """Return what no fix announced; where there is something, what is so by nature is found."""
        found = differ(before, after)
        effects = effects_of({hit.finding.rule for hit in mended.made})
        if _triggers(mended.content) != _triggers(self.recipe.content):
            effects.append(Effect(config=("OnBuild",)))  # their text is what was mended
        left = beyond(found, effects, self.by_nature)
        if left and self.by_nature is None:
            self.by_nature = differ(before, self._built(self.recipe.content))
            left = beyond(found, effects, self.by_nature)
        return left

    def _built(self, content: bytes) -> Built:
        self.builds += 1
        if self.builds > MOST_BUILDS:
            raise _Failed(f"more than {MOST_BUILDS} builds")
        other = rebase(content, self.bases.names, self.recipe.arguments)
        self.used.update(other.used)
        baked = self.builder.build(replace(self.recipe, content=other.content))
        if baked.archive is None:
            raise _Failed(baked.problem)
        try:
            return read_built(baked.archive, baked.config)
        except TargetError as error:
            raise _Failed(str(error)) from None
        finally:
            baked.archive.unlink(missing_ok=True)

    def _unbuilt(self, problem: str) -> Verified:
        """Return the fixes where they make a file build that did not, else none of them."""
        try:
            after = self._built(self.mended.content)
        except FormatError:
            return self._none(f"the file does not build, before the fixes or after: {problem}")
        words = f"it did not build before ({problem}); it does now, {_holding(after)}"
        return Verified(mended=self.mended, rebuilt=Rebuilt(said=f"{self._by()}: {words}"))

    def _none(self, reason: str) -> Verified:
        gone = tuple((hit, reason) for hit in self.mended.made)
        withdrawn = (*self.mended.withdrawn, *gone)
        mended = Mended(content=self.recipe.content, withdrawn=withdrawn)
        return Verified(mended=mended, rebuilt=Rebuilt(said=f"{self._by()}: {reason}"))

    def _shown(self, before: Built, after: Built) -> Rebuilt:
        """Return what was compared and what differs."""
        found = differ(before, after)
        size = f"{_holding(before)} before, {_holding(after)} after"
        same = "type, mode, owner and digest of each and the configuration"
        how = "as announced, or in any two builds" if self.by_nature else "as announced"
        said = f"{how}, {found}" if found else "nothing differs"
        return Rebuilt(
            said=f"{self._by()}: {size}; compared {same}: {said}",
            paths=(len(before.files), len(after.files)),
            size_bytes=(before.size_bytes, after.size_bytes),
            differences=found,
        )

    def _by(self) -> str:
        on = ", ".join(f"{name} is {self.bases.targets[name]}" for name in sorted(self.used))
        return f"built before and after by {self.builder.version}" + (f" ({on})" if on else "")

    def _rules(self) -> list[str]:
        return sorted({hit.finding.rule for hit in self.mended.made})

    def _of(self, rules: Mapping[str, str]) -> list[Hit]:
        return [hit for hit in self.mended.made if hit.finding.rule in rules]


def effects_of(rules: set[str]) -> list[Effect]:
    """Return what the fixes of these rules may change; nothing where a check does not say."""
    checks = registry.load("checks.dockerfile")
    return [getattr(checks[rule], "EFFECT", Effect()) for rule in sorted(rules) if rule in checks]


def recipe_of(content: bytes, place: Path | None, arguments: Mapping[str, str] = {}) -> Recipe:
    """Return how a Dockerfile is built: in its folder, or an empty one for standard input."""
    if place is None:
        return Recipe(content=content, arguments=arguments)
    own = place.with_name(f"{place.name}.dockerignore")
    return Recipe(
        content=content,
        context=place.parent,
        ignored=own if own.is_file() else None,
        arguments=arguments,
    )


def _triggers(content: bytes) -> list[str]:
    """Return what ONBUILD leaves to later builds."""
    return [one.text for one in parse(content).instructions if one.keyword == "ONBUILD"]


def _holding(built: Built) -> str:
    return f"{len(built.files):,} paths of {built.size_bytes / 1e6:,.1f} MB"
