"""Tell by its name whether a file holds credentials."""

import re
from posixpath import basename

_NAMES = frozenset({
    ".dockercfg", ".env", ".git-credentials", ".htpasswd", ".netrc", ".npmrc", ".pgpass", ".pypirc",
    ".s3cfg", ".terraformrc", ".vault-token", "_netrc", "id_dsa", "id_ecdsa", "id_ed25519", "id_rsa",
    "kubeconfig", "terraform.tfstate",
})  # fmt: skip
_ENDINGS = (".key", ".p12", ".pfx", ".jks", ".keystore", ".kdbx", ".ppk", ".ovpn")
_FOLDERS = re.compile(
    r"(?:^|/)(?:\.aws/credentials|\.docker/config\.json|\.kube/config|\.ssh/[^/]*key)$"
)
_ENVIRONMENT = re.compile(r"\.env\.(?!example|sample|template|dist|defaults?|test)[a-z]{2,20}")


def is_secret_file(path: str) -> bool:
    """
    Say whether a file of this name holds credentials.

    >>> [is_secret_file(one) for one in ("a/.env", ".env.production", "tls/a.key", ".aws/credentials")]
    [True, True, True, True]
    >>> [is_secret_file(one) for one in (".env.example", "id_rsa.pub", "config.json", "monkey")]
    [False, False, False, False]
    """
    name = basename(path.rstrip("/"))
    plain = name in _NAMES or name.endswith(_ENDINGS) or _ENVIRONMENT.fullmatch(name) is not None
    return plain or _FOLDERS.search(path[-200:]) is not None
