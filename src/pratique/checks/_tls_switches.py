"""Know the environment entries by which programs stop to check certificates or signatures."""

_OFF = ("0", "false", "no", "off", "none")
_ON = ("1", "true", "yes", "on")
_SWITCHES = {
    "NODE_TLS_REJECT_UNAUTHORIZED": _OFF,
    "PYTHONHTTPSVERIFY": _OFF,
    "GIT_SSL_NO_VERIFY": _ON,
    "NPM_CONFIG_STRICT_SSL": _OFF,
    "YARN_STRICT_SSL": _OFF,
    "YARN_ENABLE_STRICT_SSL": _OFF,
    "GOFLAGS": ("-insecure",),
    "GONOSUMDB": ("*",),
    "GOINSECURE": ("*",),
    "GOSUMDB": ("off",),
    "CARGO_HTTP_CHECK_REVOKE": _OFF,
    "PIP_TRUSTED_HOST": (),
    "UV_INSECURE_HOST": (),
    "CONDA_SSL_VERIFY": _OFF,
    "BUNDLE_SSL_VERIFY_MODE": ("0", "none"),
    "VAULT_SKIP_VERIFY": _ON,
    "CONSUL_HTTP_SSL_VERIFY": _OFF,
    "NOMAD_SKIP_VERIFY": _ON,
    "ANSIBLE_HOST_KEY_CHECKING": _OFF,
    "HELM_KUBEINSECURE_SKIP_TLS_VERIFY": _ON,
    "DOCKER_CONTENT_TRUST": ("0",),
    "PGSSLMODE": ("disable", "allow", "prefer"),
}
"""What each variable is set to where it switches the check off; with nothing listed, anything."""
WEAKENS = frozenset({"PGSSLMODE", "DOCKER_CONTENT_TRUST", "CARGO_HTTP_CHECK_REVOKE"})
"""Those that only weaken the check, or concern signatures of images."""


def switches_off(name: str, value: str) -> bool:
    """
    Say whether an environment entry (its name in upper case) switches the check off.

    >>> switches_off("NODE_TLS_REJECT_UNAUTHORIZED", "0"), switches_off("PGSSLMODE", "require")
    (True, False)
    """
    bare = value.strip().strip("'\"").lower()
    wanted = _SWITCHES.get(name)
    if wanted is None or not bare:
        return False
    return not wanted or any(bare == one or one in bare.split() for one in wanted)
