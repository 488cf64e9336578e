"""Law: the page of policies names every rule, doubt, field and function; the schema is JSON."""

import json

from pratique.policy.cel.facts import FIELDS
from pratique.policy.cel.library import signatures
from pratique.policy.doubts import DOUBTS
from pratique.policy.policy_schema import policy_schema
from pratique.policy.rules import RULES
from tools.reference.policy import pages


def test_everything_a_policy_may_name_is_on_the_page() -> None:
    page = pages()["docs/reference/policy.md"]
    fields = [field for known in FIELDS.values() for field in known]
    for name in (*(one.name for one in RULES), *DOUBTS, *fields, *signatures()):
        assert f"`{name}`" in page


def test_the_schema_is_that_of_the_reader() -> None:
    assert json.loads(pages()["docs/reference/policy.schema.json"]) == policy_schema()
