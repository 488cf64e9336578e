"""
Make one model of a Compose file and of what it includes, extends and lies over.

Laws: reading is the caller's: ``read`` is asked for paths relative to the project folder and for
nothing outside it; a file that is elsewhere, remote, missing or not readable is a ``Problem``, never
silence. Variables come from the project's ``.env`` alone, so that the answer is the same everywhere; one
that nobody set is named by the value that asks for it. Bounds: ``MOST_FILES`` files of
``MOST_BYTES``, ``MOST_EXTENDED`` services in a chain of ``extends``, ``MOST_INCLUDED`` files in one of
``include``, ``MOST_COPIED`` values that services take from those they extend.
Source: https://docs.docker.com/reference/compose-file/
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from posixpath import dirname, join, normpath

from msgspec import Struct
from msgspec.structs import replace

from pratique.formats.compose.dotenv import read_environment
from pratique.formats.compose.merging import merged
from pratique.formats.compose.services import Service
from pratique.formats.compose.values import NOTHING, Value, values_of
from pratique.formats.documents.yaml_nodes import MISSING, Node, read_nodes
from pratique.kit.limits import DEFAULT, Limits
from pratique.model.errors import FormatError

MOST_FILES = 64
MOST_BYTES = 4 << 20
MOST_EXTENDED = 16
MOST_INCLUDED = 8
MOST_VALUES = 200_000
"""Values of one file, what aliases repeat counted each time."""
MOST_COPIED = 1_000_000
REMOTE = ("oci://", "http://", "https://", "git@", "ssh://", "git://", "github.com/")
"""How the name of a file begins that would be fetched."""
_SURE = {"HOME": "~", "PWD": "."}
"""Variables that every shell has, as what they mean here."""
_SECTIONS = ("services", "networks", "volumes", "secrets", "configs")

Read = Callable[[str], bytes | None]
"""Return the bytes of a file of the project folder, None where there is none."""


class Problem(Struct, frozen=True):
    """Something that was not read: the file that asks for it, the line (from 1), why."""

    file: str
    line: int
    reason: str


class Project(Struct, frozen=True, kw_only=True, dict=True):
    """
    The model. ``file`` is the one that was asked for; ``contents`` are all Compose files read.

    ``own`` is that file's own tree, before anything is merged.
    """

    file: str
    root: Value
    own: Value = NOTHING
    contents: Mapping[str, bytes] = {}
    problems: tuple[Problem, ...] = ()

    @cached_property
    def services(self) -> tuple[Service, ...]:
        """Return the services, in the order in which they are first named."""
        services = self.root.at("services")
        volumes = self.root.at("volumes").fields
        return tuple(
            Service(
                name=name,
                file=value.file,
                key=services.keys.get(name, value.node),
                value=value,
                volumes=volumes,
            )
            for name, value in services.fields.items()
            if value.is_mapping
        )

    def named(self, name: str) -> Service | None:
        """Return the service of a name."""
        return self._by_name.get(name)

    @cached_property
    def _by_name(self) -> Mapping[str, Service]:
        return {one.name: one for one in self.services}


def read_project(
    file: str, read: Read, *, over: Sequence[str] = (), limits: Limits = DEFAULT
) -> Project:
    """
    Return the model of a file, laid over those of ``over`` (the lowest first) where there are any.

    Raises:
        FormatError: the file itself is absent or no YAML.

    >>> made = read_project("compose.yaml", {"compose.yaml": b"services: {a: {image: x}}"}.get)
    >>> [one.image for one in made.services]
    ['x']
    """
    loading = _Loading(read, limits)
    main = loading.tree(file, loading.variables(dirname(file)))
    if isinstance(main, str):
        raise FormatError(main)
    root = loading.completed(main, 0)
    for below in reversed(over):
        found = loading.model(below, loading.variables(dirname(below)), main, 0)
        root = merged(found, root) if found else root
    return Project(
        file=file,
        root=loading.extended_all(root),
        own=main,
        contents=loading.contents,
        problems=tuple(dict.fromkeys(loading.problems)),
    )


class _Loading:
    def __init__(self, read: Read, limits: Limits) -> None:
        self.read = read
        self.limits = replace(limits, document_values=min(limits.document_values, MOST_VALUES))
        self.contents: dict[str, bytes] = {}
        self.problems: list[Problem] = []
        self._trees: dict[tuple[str, int], Value | str] = {}
        self._variables: dict[str, dict[str, str]] = {}
        self._models: dict[tuple[str, int], Value | None] = {}
        self._asked = self._copied = 0

    def variables(self, folder: str, named: Sequence[Value] = ()) -> dict[str, str]:
        """Return what the environment files of a folder set, ``.env`` unless others are named."""
        names = [_joined(dirname(one.file), one.text) for one in named] or [join(folder, ".env")]
        key = "\0".join(names)
        if key not in self._variables:
            values = dict(_SURE)
            for name in names:
                content = self._content(name)
                if content is not None:
                    values |= self._environment(name, content, values)
            self._variables[key] = values
        return self._variables[key]

    def _environment(self, name: str, content: bytes, known: Mapping[str, str]) -> dict[str, str]:
        try:
            return read_environment(content, known).values()
        except FormatError as error:
            self.problems.append(Problem(name, 1, str(error)))
            return {}

    def _content(self, name: str) -> bytes | None:
        if name.startswith(("../", "/", "~")) or name == ".." or self._asked >= MOST_FILES:
            return None
        self._asked += 1
        return self.read(name)

    def tree(self, file: str, variables: Mapping[str, str]) -> Value | str:
        """Return a file's own values, or why there are none; several documents are merged."""
        key = (file, id(variables))
        if key not in self._trees:
            self._trees[key] = self._tree(file, variables)
        return self._trees[key]

    def _tree(self, file: str, variables: Mapping[str, str]) -> Value | str:
        content = self.contents.get(file)
        content = self._content(file) if content is None else content
        if content is None:
            return "outside of the project folder, absent, or one file too many"
        if len(content) > MOST_BYTES:
            return f"larger than {MOST_BYTES} bytes"
        self.contents[file] = content
        root = NOTHING
        try:
            documents = read_nodes(content, self.limits)
        except FormatError as error:
            return str(error)
        for document in documents:
            if document.problem:
                return f"line {document.line}: {document.problem}"
            root = merged(root, values_of(file, document.root, variables, self._teller(file)))
        return root if root.is_mapping else "no mapping"

    def _teller(self, file: str) -> Callable[[int, str], None]:
        return lambda line, reason: self.problems.append(Problem(file, line, reason))

    def model(self, file: str, variables: Mapping[str, str], asker: Value, depth: int) -> Value:
        """Return the model of another file, ``NOTHING`` where it cannot be read, which is told."""
        if depth > MOST_INCLUDED:
            self._cannot(asker, f"more than {MOST_INCLUDED} files include each other")
            return NOTHING
        key = (file, id(variables))
        if key not in self._models:
            self._models[key] = None
            tree = self.tree(file, variables)
            if isinstance(tree, str):
                self._cannot(asker, f"{file[:200]} is not read: {tree}")
                self._models[key] = NOTHING
            else:
                self._models[key] = self.completed(tree, depth)
        found = self._models[key]
        if found is None:
            self._cannot(asker, f"{file[:200]} includes itself")
        return found or NOTHING

    def completed(self, tree: Value, depth: int) -> Value:
        """Return a tree laid over the models that it includes."""
        root = tree
        included = tree.at("include")
        for item in included.items or ((included,) if included.text else ()):
            paths = item.at("path").texts() if item.is_mapping else (item,)
            below = NOTHING
            for path in paths:
                below = merged(below, self._included(item, path, depth))
            if below:
                root = merged(_sections(below), root)
        return root

    def _included(self, item: Value, path: Value, depth: int) -> Value:
        if path.unset or path.text.startswith(REMOTE):
            why = "a variable decides" if path.unset else "it is not in the project folder"
            self._cannot(path, f"an included file is not read: {why}")
            return NOTHING
        file = _joined(dirname(path.file), path.text)
        folder = item.at("project_directory").text
        folder = _joined(dirname(path.file), folder) if folder else dirname(file)
        above = self.variables(dirname(path.file))
        variables = self.variables(folder, item.at("env_file").texts())
        return self.model(file, self._both(variables, above), path, depth + 1)

    def _both(self, below: dict[str, str], above: dict[str, str]) -> dict[str, str]:
        if below is above:
            return above
        key = f"{id(below)} {id(above)}"
        return self._variables.setdefault(key, {**below, **above})

    def extended_all(self, root: Value) -> Value:
        """Return a model whose services have what they extend."""
        services = root.at("services")
        if not services.fields:
            return root
        made = {
            name: self._extended(value, services, ((value.file, name),))
            for name, value in services.fields.items()
        }
        return replace(root, fields={**root.fields, "services": replace(services, fields=made)})

    def _extended(self, service: Value, beside: Value, chain: tuple[tuple[str, str], ...]) -> Value:
        extends = service.at("extends")
        if not extends:
            return service
        name = extends.at("service").text or extends.text
        where = extends.at("file")
        if where.unset or where.text.startswith(REMOTE):
            self._cannot(extends, "what it extends is not in the project folder")
            return service
        file = _joined(dirname(extends.file), where.text) if where else extends.file
        services = beside
        if where:
            asked = self.model(file, self.variables(dirname(extends.file)), extends, 1)
            services = asked.at("services")
            if not asked:
                return service
        base = services.at(name)
        self._copied += base.node.size
        refused = len(chain) >= MOST_EXTENDED or self._copied > MOST_COPIED
        if not base.is_mapping or (base.file, name) in chain or refused:
            self._cannot(extends, f"the service {name[:80]!r} that it extends cannot be taken")
            return service
        whole = self._extended(base, services, (*chain, (base.file, name)))
        found = merged(_without(whole, "extends"), service)
        return replace(found, file=service.file, node=service.node)

    def _cannot(self, at: Value, reason: str) -> None:
        self.problems.append(Problem(at.file, at.node.line or 1, reason))


def _sections(model: Value) -> Value:
    """Return what an included model brings: not its name, and nothing private."""
    fields = {name: model.fields[name] for name in _SECTIONS if name in model.fields}
    return replace(model, fields=fields, keys={})


def _without(value: Value, key: str) -> Value:
    return replace(value, fields={name: one for name, one in value.fields.items() if name != key})


def _joined(folder: str, name: str) -> str:
    """
    Return the path of a file that another names, relative to the project folder.

    >>> _joined("deploy", "../base/compose.yaml"), _joined("", "../x"), _joined("a", "/etc/passwd")
    ('base/compose.yaml', '../x', '/etc/passwd')
    """
    return normpath(join(folder, name))


__all__ = ["MISSING", "Node", "Problem", "Project", "Read", "read_project"]
