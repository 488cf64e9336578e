"""Read one service of a Compose model: what is asked of it most."""

import shlex
from collections.abc import Mapping
from functools import cached_property

from msgspec import Struct

from pratique.formats.compose.merging import named_values
from pratique.formats.compose.mounts import Mount, mounts_of
from pratique.formats.compose.ports import Port, ports_of
from pratique.formats.compose.values import Value
from pratique.formats.documents.yaml_nodes import Node

_MOST_CHARS = 20_000


class Service(Struct, frozen=True, kw_only=True, dict=True):
    """
    One service as it will run: extended, included and merged.

    ``key`` is where its name stands in ``file``. ``volumes`` are the named ones of the project.
    """

    name: str
    file: str
    key: Node
    value: Value
    volumes: Mapping[str, Value] = {}

    def get(self, *path: str) -> Value:
        """Return the value down a path of keys."""
        return self.value.at(*path)

    @property
    def runs(self) -> bool:
        """
        Return whether it can run as it stands.

        What has no image and nothing to build is a template, or lies over a service of another file.
        """
        return any(self.get(key) for key in ("image", "build", "provider"))

    @property
    def image(self) -> str:
        """Return the image it runs, empty where it is built, or where a variable decides."""
        image = self.get("image")
        return "" if self.get("build") or image.unset else image.text.strip()

    @property
    def image_name(self) -> str:
        """
        Return the last part of the image's name, without tag: ``postgres``.

        What is built here may well have the name of something else, so it has none.
        """
        text = "" if self.get("build") else self.get("image").text
        return text.partition("@")[0].rpartition("/")[2].partition(":")[0].lower()

    @cached_property
    def environment(self) -> Mapping[str, Value]:
        """Return the values of its environment by name."""
        return named_values(self.get("environment"))

    @cached_property
    def build_arguments(self) -> Mapping[str, Value]:
        """Return the values of its build arguments by name."""
        return named_values(self.get("build", "args"))

    @cached_property
    def ports(self) -> tuple[Port, ...]:
        """Return its published ports."""
        return tuple(ports_of(self.get("ports")))

    @cached_property
    def mounts(self) -> tuple[Mount, ...]:
        """Return what it mounts."""
        return tuple(mounts_of(self.get("volumes"), self.volumes))

    @cached_property
    def host_network(self) -> bool:
        """Return whether it shares the network of the host."""
        networks = self.get("networks")
        names = {one.text for one in networks.texts()} | set(networks.fields)
        return self.get("network_mode").text == "host" or "host" in names

    def security_options(self) -> "tuple[tuple[str, str, Value], ...]":
        """Return name, setting and place of each ``security_opt``; ``:`` and ``=`` both part them."""
        found = []
        for item in self.get("security_opt").texts():
            name, _, setting = item.text.replace("=", ":", 1).partition(":")
            found.append((name.strip(), setting.strip(), item))
        return tuple(found)

    def words(self, key: str) -> tuple[str, ...]:
        """Return the words of ``command`` or ``entrypoint``, in either form."""
        return words_of(self.get(key))


def words_of(value: Value) -> tuple[str, ...]:
    """
    Return the words of a command: a list as it is, a text split as a shell does.

    Compose runs no shell: at the first ``;``, ``&``, ``|``, ``<`` or ``>`` that is not quoted the text ends.
    """
    if value.is_list:
        return tuple(one.text for one in value.texts())
    text = _before_operators(value.text[:_MOST_CHARS])
    try:
        return tuple(shlex.split(text))
    except ValueError:
        return tuple(text.split())


def _before_operators(text: str) -> str:
    """Return a text up to what a shell would take for an operator."""
    quote, skip = "", False
    for at, letter in enumerate(text):
        if skip:
            skip = False
        elif letter == "\\" and quote != "'":
            skip = True
        elif letter in ("'", '"') and quote in ("", letter):
            quote = "" if quote else letter
        elif letter in ";&|<>" and not quote:
            return text[:at]
    return text
