"""
Credentials of Kubernetes and of what is built upon it.

A Secret's ``data`` is base64, which hides nothing. Every entry of a Secret would be one; the first
whose name or text says that it is a secret is told. Source: https://kubernetes.io/docs/concepts/configuration/secret/,
https://kubernetes.io/docs/reference/access-authn-authz/bootstrap-tokens/.
"""

import base64

from pratique.model.severity import Severity
from pratique.secrets.checksums import decoded_secret, url_with_password
from pratique.secrets.declare import assigned, pattern, token
from pratique.secrets.interface import Sample
from pratique.secrets.published import unpublished
from pratique.secrets.samples import text
from pratique.secrets.shapes import shape

NAME = "kubernetes"
_YAML = ("*.yaml", "*.yml", "*.json")
_SECRET = rb"(?i:\bkind:[ \t]{0,4}[\"']?secret\b[\"']?)"
_BETWEEN = rb"(?:(?!\n---)[^\0]){0,%d}?"
_PAIR = (
    rb"\n[ \t]{1,12}(?!(?i:user(?:name)?|host|port|name|namespace|ca\.crt|tls\.crt|ca\.pem)[\"']?:)[\w.-]{1,60}[\"']?:"
    rb"(?:[ \t]{0,4}[|>][-+]?\s{1,20})?[ \t]{0,8}[\"']?"
)
_VALUE = shape("{b64:39}=")
_DOC = "apiVersion: v1\nkind: Secret\nmetadata:\n  name: app\ndata:\n  username: YXBw\n  password: {0}\n"
_DATA = rb"(?i:\bdata:)(?:[ \t]{0,4}(?:#[^\n]{0,200})?)"


def _encoded(url: str) -> str:
    return base64.b64encode(url.encode()).decode()


KINDS = (
    pattern(
        "kubernetes-secret-data",
        "Kubernetes Secret with its data",
        _SECRET
        + _BETWEEN % 600
        + rb"\n"
        + _DATA
        + _BETWEEN % 400
        + _PAIR
        + rb"(?P<secret>[0-9A-Za-z+/]{10,4000}={0,3})(?=[\"'\s]|$)",
        keywords=(b"kind:",),
        paths=_YAML,
        check=decoded_secret,
        severity=Severity.MEDIUM,
        placeholders_allowed=True,
        aliases=("kubernetes-secret-yaml",),
        rotate="replace the value where it is used, and keep it in a secret store",
        true=(
            Sample(make=text(_DOC, "ksec", _VALUE), path="k8s/secret.yaml", line=7),
            Sample(
                make=text("kind: Secret\ndata:\n  token: '{0}'\n", "ksec2", _VALUE),
                path="k8s/a.yml",
                line=3,
            ),
        ),
        false=(
            Sample(make=text(_DOC, "ksec3", _VALUE), path="k8s/secret.txt"),
            Sample(make=lambda: _DOC.format("{{ .Values.password }}"), path="k8s/secret.yaml"),
            Sample(
                make=text(_DOC.replace("Secret", "SealedSecret"), "ksec4", _VALUE),
                path="k8s/secret.yaml",
            ),
        ),
    ),
    pattern(
        "kubernetes-secret-data-first",
        "Kubernetes Secret whose data stand before its kind",
        rb"(?:^|\n)[ \t]{0,4}"
        + _DATA
        + _BETWEEN % 400
        + _PAIR
        + rb"(?P<secret>[0-9A-Za-z+/]{10,4000}={0,3})(?=[\"'\s]|$)"
        rb"(?=(?:(?!\n---)[^\0]){0,300}?\n[ \t]{0,4}kind:[ \t]{0,4}[\"']?[sS]ecret\b)",
        keywords=(b"data:",),
        paths=_YAML,
        check=decoded_secret,
        severity=Severity.MEDIUM,
        placeholders_allowed=True,
        aliases=("kubernetes-secret-yaml",),
        rotate="replace the value where it is used, and keep it in a secret store",
        true=(
            Sample(
                make=text(
                    "apiVersion: v1\ndata:\n  password: {0}\nkind: Secret\n", "kfirst", _VALUE
                ),
                path="k8s/secret.yaml",
                line=3,
            ),
            Sample(
                make=text("data:\n  a.key: |\n    {0}\nkind: Secret\n", "kfirst2", _VALUE),
                path="k8s/a.yml",
                line=3,
            ),
        ),
        false=(
            Sample(
                make=text(
                    "apiVersion: v1\ndata:\n  password: {0}\nkind: ConfigMap\n", "kfirst3", _VALUE
                ),
                path="k8s/secret.yaml",
            ),
            Sample(
                make=text("data:\n  password: {0}\n---\nkind: Secret\n", "kfirst4", _VALUE),
                path="k8s/secret.yaml",
            ),
        ),
    ),
    pattern(
        "url-credentials-base64",
        "Password in a URL in base64, as Secrets hold it",
        rb"(?<![0-9A-Za-z+/])(?P<secret>(?:cG9zdGdyZX|bXlzcWw6Ly|bW9uZ29kYi|cmVkaXM6Ly|cmVkaXNzOi|YW1xcDovL|YW1xcHM6|aHR0cHM6Ly)"
        rb"[0-9A-Za-z+/]{12,800}={0,2})",
        keywords=(
            *(b"cg9zdgdyzx", b"bxlzcww6ly", b"bw9uz29kyi", b"cmvkaxm6ly"),
            *(b"cmvkaxnzoi", b"yw1xcdovl", b"yw1xchm6", b"ahr0chm6ly"),
        ),
        check=url_with_password,
        placeholders_allowed=True,
        rotate="change the account's password, and keep it in a secret store",
        true=(
            Sample(make=lambda: "  url: " + _encoded("postgres://app:" + "Zq8wTr5y@db/app") + "\n"),
            Sample(make=lambda: "R=" + _encoded("redis://:" + "9xKqLm4tR@cache:6379") + "\n"),
        ),
        false=(
            Sample(make=lambda: "  url: " + _encoded("https://host.test/path?x=1") + "\n"),
            Sample(make=lambda: "  url: " + _encoded("postgres://user:password@db/app") + "\n"),
        ),
    ),
    pattern(
        "kubeconfig-token",
        "Token in a kubeconfig",
        rb"(?:^|\n)[ \t]{2,8}token:[ \t]{1,4}[\"']?(?P<secret>[0-9A-Za-z._~+/=:-]{20,4000})[\"']?[ \t]{0,4}(?:\r?\n|$)",
        keywords=(b"token:",),
        entropy=3.3,
        paths=(
            "*kubeconfig*",
            ".kube/config",
            "*/.kube/*",
            "admin.conf",
            "kubelet.conf",
            "rke2.yaml",
            "k3s.yaml",
        ),
        severity=Severity.CRITICAL,
        rotate="delete the service account's token, or the user's certificate",
        true=tuple(
            Sample(
                make=text(
                    "users:\n- name: a\n  user:\n    token: {0}\n", "kc" + path, shape("{alnum:40}")
                ),
                path=path,
                line=4,
            )
            for path in ("root/.kube/config", "etc/kubeconfig")
        ),
        false=(
            Sample(
                make=text("users:\n- user:\n    token: {0}\n", "kc3", shape("{alnum:40}")),
                path="etc/users.txt",
            ),
            Sample(
                make=lambda: "users:\n- user:\n    tokenFile: /run/secrets/token\n",
                path="root/.kube/config",
            ),
        ),
    ),
    token(
        "openshift-user-token",
        "OpenShift access token",
        "sha256~{url:43}",
        rotate="oc delete oauthaccesstoken",
    ),
    assigned(
        "kubeadm-bootstrap-token",
        "Kubernetes bootstrap token",
        ("kubeadm", "bootstrap-token", "discovery-token", "token"),
        "{lower:6}.{lower:16}",
        entropy=3.2,
        check=unpublished,
        rotate="kubeadm token delete",
    ),
    pattern(
        "kubeadm-join-token",
        "Kubernetes bootstrap token in a command",
        rb"--(?:discovery-)?token[ =](?P<secret>[a-z0-9]{6}\.[a-z0-9]{16})(?![0-9A-Za-z.])",
        keywords=(b"token",),
        entropy=3.2,
        check=unpublished,
        rotate="kubeadm token delete",
        true=(
            Sample(
                make=text(
                    "kubeadm join 10.0.0.1:6443 --token {0}\n",
                    "join",
                    shape("{lower:6}.{lower:16}"),
                )
            ),
            Sample(
                make=text(
                    "kubeadm join --discovery-token={0}\n", "join2", shape("{lower:6}.{lower:16}")
                )
            ),
        ),
        false=(
            Sample(make=lambda: "kubeadm join --token <token>\n"),
            Sample(make=lambda: "kubeadm join --token abcdef.0123456789abcdef\n"),
        ),
    ),
    pattern(
        "kubeadm-certificate-key",
        "kubeadm certificate key",
        rb"(?i:certificate-?key)[\"']?[ =:]{1,4}[\"']?(?P<secret>[0-9a-f]{64})(?![0-9A-Za-z])",
        keywords=(b"certificate",),
        entropy=3.0,
        rotate="kubeadm init phase upload-certs",
        true=(
            Sample(
                make=text(
                    "kubeadm join --control-plane --certificate-key {0}\n", "ck", shape("{hex:64}")
                )
            ),
            Sample(make=text("certificateKey: {0}\n", "ck2", shape("{hex:64}"))),
        ),
        false=(
            Sample(make=lambda: "certificateKey: " + "0" * 64 + "\n"),
            Sample(
                make=text("--discovery-token-ca-cert-hash sha256:{0}\n", "ck3", shape("{hex:64}"))
            ),
        ),
    ),
    token(
        "k3s-server-token",
        "K3s or RKE2 cluster token",
        "K10{hex:64}::server:{hex:32}",
        "K10{hex:64}::node:{hex:32}",
        severity=Severity.CRITICAL,
        rotate="k3s token rotate",
    ),
    token(
        "rancher-api-token",
        "Rancher API token",
        "token-{lower:5}:{lower:54}",
        rotate="Rancher, Account & API keys",
    ),
    token(
        "docker-swarm-join-token",
        "Docker Swarm join token",
        "SWMTKN-1-{lower:50}-{lower:25}",
        severity=Severity.CRITICAL,
        rotate="docker swarm join-token --rotate",
    ),
    pattern(
        "etcd-encryption-key",
        "Kubernetes encryption key",
        rb"(?:aescbc|aesgcm|secretbox):(?:[^\0]{0,80}?)secret:[ \t]{1,4}[\"']?(?P<secret>[0-9A-Za-z+/]{22,44}={0,2})",
        keywords=(b"aescbc", b"aesgcm", b"secretbox"),
        entropy=3.3,
        severity=Severity.CRITICAL,
        rotate="add a key, re-encrypt all Secrets, remove this one",
        true=tuple(
            Sample(
                make=text(
                    "- " + mode + ":\n    keys:\n    - name: key1\n      secret: {0}\n",
                    mode,
                    shape("{b64:43}="),
                ),
                line=4,
            )
            for mode in ("aescbc", "secretbox")
        ),
        false=(
            Sample(
                make=lambda: (
                    "- aescbc:\n    keys:\n    - name: key1\n      secret: <BASE 64 ENCODED SECRET>\n"
                )
            ),
            Sample(make=lambda: "- identity: {}\n"),
        ),
    ),
)
