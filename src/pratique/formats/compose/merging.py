"""
Lay one Compose model over another.

Laws: mappings merge by key, lists grow by what they do not hold yet, except that commands and health tests
are replaced; one text stands for a list of it where Compose allows both;
ports, volumes, secrets and configs are told apart by what they are in the container; a list of
``NAME=value`` and a mapping mean the same. ``!reset`` takes away, ``!override`` replaces.
Source: https://docs.docker.com/reference/compose-file/merge/
"""

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from pratique.formats.compose.values import NOTHING, Value

_LISTED = frozenset({"dns", "dns_search", "env_file", "label_file", "tmpfs"})
"""What may be one text or a list."""
_REPLACED = frozenset({"command", "entrypoint", "test"})
NAMED = frozenset({
    "annotations", "args", "depends_on", "environment", "extra_hosts", "labels", "networks",
    "sysctls",
})  # fmt: skip
"""What may be a list of names (with values) or a mapping."""
_TARGETED = {"ports", "volumes", "secrets", "configs", "devices"}


def merged(below: Value, above: Value, key: str = "") -> Value:
    """Return what holds where both say something; ``key`` is what they are the value of."""
    if above.node.tag == "!override" or not below:
        return above
    if not above:
        return below if not above.node.line else above
    if key in NAMED and (below.is_list or above.is_list):
        below, above = _as_mapping(below, key), _as_mapping(above, key)
    if key in _LISTED and below.is_list is not above.is_list:
        below, above = _as_list(below), _as_list(above)
    if key == "build":
        below, above = _as_build(below), _as_build(above)
    if below.is_mapping and above.is_mapping:
        return _merged_mappings(below, above)
    if _lists(below, above) and key not in _REPLACED:
        return _merged_lists(below, above, key)
    return above


def _as_build(value: Value) -> Value:
    """Return a build that is one text, its context, as a mapping."""
    if value.is_mapping or value.is_list:
        return value
    return replace(value, text="", fields={"context": value}, keys={"context": value.node})


def _lists(below: Value, above: Value) -> bool:
    return all(one.is_list or one.items for one in (below, above))


def named_values(value: Value, key: str = "") -> Mapping[str, Value]:
    """
    Return a list of ``NAME=value`` or a mapping as a mapping; a name alone has no value.

    The key's place is the item's own where it is a list. ``extra_hosts`` (``key``) may say ``NAME:value``.
    """
    if not value.is_list:
        return value.fields
    found: dict[str, Value] = {}
    for item in value.texts():
        name, equals, text = _parted(item.text, key)
        raw = _parted(item.raw, key)[2]
        found[name.strip()] = (
            replace(item, text=text, raw=raw, part=True)
            if equals
            else replace(NOTHING, file=item.file)
        )
    return found


def _parted(text: str, key: str) -> tuple[str, str, str]:
    if key == "extra_hosts" and ":" in text.partition("=")[0]:
        return text.partition(":")
    return text.partition("=")


def _as_mapping(value: Value, key: str) -> Value:
    keys = value.keys
    if value.is_list:
        keys = {_parted(item.text, key)[0].strip(): item.node for item in value.texts()}
    return replace(value, items=(), fields=named_values(value, key), keys=keys)


def _as_list(value: Value) -> Value:
    """Return one text as the list that it stands for; the list's place is the text's."""
    return (
        value
        if value.is_list
        else replace(NOTHING, file=value.file, node=value.node, items=(value,))
    )


def _merged_mappings(below: Value, above: Value) -> Value:
    fields = dict(below.fields)
    keys = dict(below.keys)
    for key, value in above.fields.items():
        if value.node.tag == "!reset":
            fields.pop(key, None)
            keys.pop(key, None)
            continue
        if key not in fields and key in above.keys:
            keys[key] = above.keys[key]
        fields[key] = merged(fields[key], value, key) if key in fields else value
    return replace(below, fields=fields, keys=keys, items=())


def _merged_lists(below: Value, above: Value, key: str) -> Value:
    if key not in _TARGETED:
        said = {one.text for one in above.items if one and not (one.items or one.fields)}
        kept = [one for one in below.items if one.items or one.fields or one.text not in said]
        return replace(above, items=(*kept, *above.items))
    taken = {_target(one, key) for one in above.items}
    kept = [one for one in below.items if _target(one, key) not in taken]
    return replace(above, items=(*kept, *above.items))


def _target(item: Value, key: str) -> str:
    """Return what tells an item of a list from the others."""
    if item.is_mapping:
        names = ("published", "target", "protocol") if key == "ports" else ("target", "source")
        words: Iterable[str] = (item.at(name).text for name in names)
        return ":".join(words) if key == "ports" else next(filter(None, words), "")
    if key == "ports" or ":" not in item.text:
        return item.text
    return item.text.split(":")[1]
