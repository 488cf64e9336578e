"""Find search paths of programs and libraries with folders that others may fill."""

from collections.abc import Iterable

from pratique.checks.image._folders import unsafe_folders
from pratique.checks.image.interface import File, Scene, at, sample
from pratique.model.finding import Confidence
from pratique.model.severity import Severity
from pratique.model.sighting import Sighting

NAME = "unsafe-search-path"
TITLE = "a search path has a folder that others may fill"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ()
RULES = {
    NAME: (
        "An ENV entry by which programs, libraries or modules are found (PATH, LD_LIBRARY_PATH, "
        "PYTHONPATH, NODE_PATH, PERL5LIB, RUBYLIB, GOPATH…) has an entry that is relative, empty "
        "(which means the current folder) or writable for everybody. Whoever can put a file there "
        "has it run by the next user of the path, perhaps by root. Name absolute folders that "
        "belong to root, and drop colons at either end."
    )
}
_PROGRAMS = ("PATH", "LD_LIBRARY_PATH")
_MODULES = ("PYTHONPATH", "NODE_PATH", "PERL5LIB", "RUBYLIB", "CLASSPATH", "LUA_PATH")
FIRES = (
    sample(env=("PATH=/usr/bin:.",)),
    sample(env=("PATH=node_modules/.bin:/usr/bin",)),
    sample(env=("LD_LIBRARY_PATH=/opt/lib:",)),
    sample((("opt/bin/", File(mode=0o777)),), env=("PATH=/opt/bin:/usr/bin",)),
    sample(env=("PYTHONPATH=/tmp/site",)),
)
SILENT = (
    sample(env=("PATH=/usr/local/bin:/usr/bin:/bin", "LD_LIBRARY_PATH=/opt/lib", "PYTHONPATH=")),
    sample(env=("PYTHONPATH=.", "CLASSPATH=lib/*:", "PATH=$HOME/bin:/bin", "LD_LIBRARY_PATH=")),
    sample((("opt/bin/", File(mode=0o755)),), env=("PATH=/opt/bin:/usr/bin",)),
)


def look(scene: Scene) -> Iterable[Sighting]:
    """Return one sighting for all entries."""
    notes = []
    for name, value in scene.environment():
        if name in (*_PROGRAMS, *_MODULES) and value:
            unsafe = unsafe_folders(scene, value)
            if name in _MODULES:
                # A module path of the application's own folder is usual: only open folders count.
                unsafe = [one for one in unsafe if one.endswith("write to")]
            notes += [at(f"ENV {name}", one) for one in unsafe]
    return scene.in_config(notes)
