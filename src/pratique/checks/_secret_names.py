"""
Tell by its name whether a variable holds a credential, and by its value whether it holds one at all.

The value is looked at only to leave out what is none (empty, a path, a switch, a reference); it never
leaves this file.
"""

import re
from itertools import pairwise

_SECRET = frozenset({
    "apikey", "credential", "credentials", "passphrase", "passwd", "password", "passwords", "pass",
    "pwd", "secret", "secrets", "token", "tokens", "authtoken", "secretkey", "accesskey", "privatekey",
})  # fmt: skip
_KEYED = frozenset({
    "access", "account", "admin", "api", "app", "auth", "cookie", "deploy", "encryption", "jwt",
    "license", "licence", "master", "private", "secret", "service", "session", "shared", "ssh",
    "storage", "subscription",
})  # fmt: skip
"""Words before KEY that make it a secret one."""
_ABOUT = frozenset({
    "age", "algorithm", "arn", "backend", "check", "class", "count", "days", "dir", "directory",
    "enabled", "endpoint", "expire", "expires", "expiry", "field", "file", "files", "folder", "format",
    "hash", "header", "host", "hosts", "hours", "issuer", "length", "limit", "location", "manager",
    "minutes", "mode", "ms", "name", "path", "period", "policy", "port", "prefix", "provider", "regex",
    "region", "required", "rotation", "seconds", "size", "source", "store", "suffix", "timeout", "ttl",
    "type", "uri", "url", "user", "username", "validation", "validity", "version",
})  # fmt: skip
"""Last words that make a name speak about a credential and not of it."""
_NEVER = frozenset({"public", "max", "min", "num"})
"""Words that a credential's name does not have."""
_NOTHING = frozenset({
    "", "true", "false", "yes", "no", "on", "off", "0", "1", "none", "null", "unset", "nil", "empty",
    "redacted", "dummy", "placeholder", "example", "todo", "tbd", "''", '""',
})  # fmt: skip
_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")


def is_secret_name(name: str) -> bool:
    """
    Say whether a variable of this name holds a credential.

    >>> [is_secret_name(one) for one in ("DB_PASSWORD", "githubToken", "AWS_ACCESS_KEY_ID")]
    [True, True, True]
    >>> [is_secret_name(one) for one in ("GPG_KEY", "PASSWORD_FILE", "PWD", "PUBLIC_KEY", "TOKEN_TTL")]
    [False, False, False, False, False]
    """
    words = [word.lower() for word in _WORDS.findall(name[:200])]
    if not words or words[-1] in _ABOUT or not _NEVER.isdisjoint(words):
        return False
    if words in (["pwd"], ["oldpwd"]):
        return False
    if words[-1] == "id" and words[-3:-1] != ["access", "key"]:
        return False
    pairs = pairwise(words)
    keyed = any(first in _KEYED and second in ("key", "keys") for first, second in pairs)
    return keyed or not _SECRET.isdisjoint(words)


def is_value(value: str) -> bool:
    """
    Say whether a value can be a credential: not empty, no switch, path, reference or blank form.

    >>> [is_value(one) for one in ("hunter2", "/run/secrets/db", "$OTHER", "<password>", "xxxx", "")]
    [True, False, False, False, False, False]
    """
    bare = value.strip().strip("'\"")
    if bare.lower() in _NOTHING or bare[:1] in "/$<{%" or len(set(bare.lower())) == 1:
        return False
    return not bare.lower().startswith(("file:", "vault:", "arn:", "op://", "ssm:", "awssm:"))
