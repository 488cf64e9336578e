"""
Make the samples of credential kinds from a seed, so that no literal in the source looks live.

The seed is the kind's name and a number: the same samples in every run, another value in each kind.
A value goes into one of the places where people leave credentials: an assignment in a shell, a line
of YAML, a field of JSON, a constant in a program.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from random import Random
from typing import overload

from pratique.secrets.interface import Sample
from pratique.secrets.shapes import Shape

Maker = Callable[[Random], str]
"""Makes a value from a source of randomness."""

PLACES = (
    'export {name}="{value}"\n',
    "settings:\n  {name}: {value}\n",
    '{{"region": "north",\n "{name}": "{value}"}}\n',
    "{name} = '{value}'  # rotate\n",
)
"""Text around a value; the value's line counts from 1 in ``LINES``."""

LINES = (1, 2, 2, 1)


class Late(Sequence[Sample]):
    """
    Samples that are made when somebody asks for them: no scan does.

    >>> list(Late(lambda: (Sample(make=lambda: "x"),)))[0].make()
    'x'
    """

    __slots__ = ("_make",)

    def __init__(self, make: Callable[[], tuple[Sample, ...]]) -> None:
        self._make = make

    def __iter__(self) -> Iterator[Sample]:
        """Yield them."""
        return iter(self._make())

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._make())

    @overload
    def __getitem__(self, at: int) -> Sample: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Sample, ...]: ...
    def __getitem__(self, at: int | slice) -> Sample | tuple[Sample, ...]:
        """Return one of them, or some."""
        return self._make()[at]


def seeded(name: str, number: int) -> Random:
    """
    Return the randomness of one sample.

    >>> seeded("github-pat", 0).random() == seeded("github-pat", 0).random()
    True
    """
    return Random(f"{name}/{number}")  # noqa: S311 - samples have to be the same in every run


def placed(name: str, variable: str, make: Maker, path: str = "") -> tuple[Sample, ...]:
    """Return true samples: a value in each of the places, under the name of a variable."""
    return tuple(
        Sample(
            make=partial(_fill, place, variable, name, number, make),
            path=path or "app/settings.txt",
            line=LINES[number],
        )
        for number, place in enumerate(PLACES)
    )


def lookalikes(name: str, variable: str, shape: Shape, path: str = "") -> tuple[Sample, ...]:
    """Return false samples: the shape cut short, and filled with one letter as people do."""
    where = path or "app/settings.txt"
    return (
        Sample(make=partial(_short, variable, name, shape), path=where),
        Sample(make=partial(_blank, variable, shape), path=where),
    )


def text(template: str, name: str, *shapes: Shape) -> Callable[[], str]:
    """
    Return the maker of a sample whose places ``{0}``, ``{1}``… are values of shapes.

    >>> from pratique.secrets.shapes import shape
    >>> made = text("machine {0}", "some-kind", shape("{digit:3}"))
    >>> len(made()), made() == made()
    (11, True)
    """
    return partial(_text, template, name, shapes)


def _text(template: str, name: str, shapes: tuple[Shape, ...]) -> str:
    random = seeded(name, 7)
    return template.format(*(shape.fill(random) for shape in shapes))


def _fill(place: str, variable: str, name: str, number: int, make: Maker) -> str:
    return place.format(name=variable, value=make(seeded(name, number)))


def _short(variable: str, name: str, shape: Shape) -> str:
    return f'{variable} = "{shape.shortest(seeded(name, 9))[:-1]}"\n'


def _blank(variable: str, shape: Shape) -> str:
    return f'{variable} = "{shape.fill_with("x")}"\n'
