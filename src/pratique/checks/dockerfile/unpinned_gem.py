"""Find gems that are installed without a version."""

from collections.abc import Iterable

from pratique.checks.dockerfile._installs import after, is_open, told
from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "unpinned-gem"
TITLE = "a gem is installed in whatever version there is"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES = ("DL3028",)
RULES = {
    NAME: (
        "Without a version the build takes the newest gem of that day, whoever published it: two "
        "builds of one Dockerfile differ, and a gem taken over by somebody else is in your image "
        "at once. Name the version (gem install bundler:2.5.3 or -v 2.5.3), or use a "
        "Gemfile.lock."
    )
}
_VERBS = frozenset({"install", "i"})
BAD = (
    "FROM ruby:3.4\nRUN gem install bundler\n",
    "FROM ruby:3.4\nRUN gem i rails --no-document\n",
)
GOOD = (
    "FROM ruby:3.4\nRUN gem install bundler:2.5.3\n",
    "FROM ruby:3.4\nRUN gem install bundler -v 2.5.3 && gem install ./a.gem $MORE\n",
)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each gem."""
    for _, command, verb in told(scene, ("gem",), _VERBS):
        if command.has("-v", "--version", "--local", "-g", "--file"):
            continue
        for gem in after(command, verb):
            if gem.value == "--":
                break
            if ":" not in gem.value and not is_open(gem.value) and not gem.value.endswith(".gem"):
                note = f"{gem.value[:80]} is installed in whatever version there is"
                yield scene.at_span(gem.span, note, key=gem.value[:80])
