"""Law: the schema takes what the reader takes, and knows every key and word."""

import jsonschema
import pytest
import yaml

from pratique.policy.policy_schema import policy_schema
from tests.policy.test_policy_file import GOOD

SCHEMA = jsonschema.Draft202012Validator(policy_schema())


def document(content: bytes) -> object:
    found = yaml.load(content, yaml.BaseLoader)
    found["pratique-policy"] = 1
    found["settings"]["max-data-age-days"] = 3
    return found


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(policy_schema())


def test_a_good_policy_is_valid() -> None:
    assert list(SCHEMA.iter_errors(document(GOOD))) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"extends: strict", b"extends: stricter"),
        (b"name: acme", b"nam: acme"),
        (b"{root-user: audit}", b"{root-user: off}"),
        (b"third-party-package", b"unread-content"),
        (b"    owner: team\n", b""),
    ],
)
def test_what_the_reader_refuses_is_invalid(old: bytes, new: bytes) -> None:
    assert list(SCHEMA.iter_errors(document(GOOD.replace(old, new, 1))))
