"""Build steps as well-kept images have them are silent; each careless twin is told."""

import pytest

from pratique.checks.image.interface import sample
from pratique.model.image import HistoryEntry
from tests.makers.checked import rules_of

ENV = (
    "PATH=/usr/local/bin:/usr/bin:/bin",
    "LANG=C.UTF-8",
    "GPG_KEY=" + "7A" * 20,
    "PYTHON_SHA256=" + "ab" * 32,
    "NODE_VERSION=22.4.0",
    "GOSU_VERSION=1.17",
    "JAVA_HOME=/opt/java",
    "PHPIZE_DEPS=autoconf dpkg-dev file g++ gcc make",
    "RABBITMQ_PGP_KEY_ID=0x" + "0A" * 20,
    "SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt",
)
STEPS = (
    "/bin/sh -c #(nop) ADD file:" + "a" * 64 + " in / ",
    '/bin/sh -c #(nop)  CMD ["bash"]',
    "RUN /bin/sh -c set -eux; apt-get update; apt-get install -y --no-install-recommends "
    "ca-certificates netbase tzdata; rm -rf /var/lib/apt/lists/* # buildkit",
    'RUN /bin/sh -c set -eux; savedAptMark="$(apt-mark showmanual)"; apt-get update; apt-get '
    'install -y gcc make wget; wget -O python.tar.xz "https://www.python.example/$V.tar.xz"; echo '
    '"$PYTHON_SHA256 *python.tar.xz" | sha256sum -c -; tar --extract --file python.tar.xz; '
    './configure --build="$arch"; make -j "$(nproc)"; make install; python3 --version # buildkit',
    'RUN /bin/sh -c set -eux; wget -O /usr/local/bin/gosu "https://git.example/gosu-$arch"; wget -O '
    '/usr/local/bin/gosu.asc "https://git.example/gosu.asc"; gpg --batch --verify '
    "/usr/local/bin/gosu.asc /usr/local/bin/gosu; chmod +x /usr/local/bin/gosu; gosu --version # x",
    "RUN /bin/sh -c curl -fsSLO --compressed https://nodejs.example/node.tar.xz && gpg --batch "
    "--decrypt --output SHASUMS256.txt SHASUMS256.txt.asc && grep ' node.tar.xz$' SHASUMS256.txt | "
    "sha256sum -c - && tar -xJf node.tar.xz -C /usr/local # buildkit",
    "RUN |1 VERSION=1.2.3 /bin/sh -c apk add --no-cache curl && adduser -D -u 10001 app # buildkit",
    "COPY --chown=10001:10001 /src/app /app # buildkit",
    'HEALTHCHECK &{["CMD-SHELL" "curl -f http://localhost/ || exit 1"] "30s" "3s" \'\\x00\'}',
)
CARELESS = {
    "add-instruction": "ADD https://x.example/tool /usr/bin/tool # buildkit",
    "downloaded-script": "RUN /bin/sh -c curl -sL https://deb.example/setup_22.x | bash - # buildkit",
    "dist-upgrade": "RUN /bin/sh -c apt-get update && apt-get dist-upgrade -y # buildkit",
    "secret-in-build-argument": "RUN |1 API_KEY=" + "k1" * 9 + " /bin/sh -c make # buildkit",
    "secret-on-command-line": "RUN /bin/sh -c echo 'root:" + "k1" * 4 + "' | chpasswd # buildkit",
    "sudo-in-build": "RUN /bin/sh -c sudo make install # buildkit",
    "unverified-download": "RUN /bin/sh -c apt-get install -y --allow-unauthenticated x # buildkit",
    "update-alone": "RUN /bin/sh -c apt-get update # buildkit",
}


def built(*lines: str) -> tuple[HistoryEntry, ...]:
    """Return a history in which no step made a layer."""
    return tuple(HistoryEntry(created_by=line, empty_layer=True) for line in lines)


def test_well_kept_images_are_silent() -> None:
    """Signatures checked, lists deleted, a user made: nothing to say."""
    assert rules_of(sample(history=built(*STEPS), env=ENV)) == set()


@pytest.mark.parametrize("rule", CARELESS)
def test_one_careless_step_is_told(rule: str) -> None:
    """Among the others, and by its own rule only."""
    assert rules_of(sample(history=built(*STEPS, CARELESS[rule]), env=ENV)) == {rule}
