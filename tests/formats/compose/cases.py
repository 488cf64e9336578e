"""
Projects in which the laws of Compose meet: extends, includes, overrides, profiles, variables.

What Compose itself makes of them stands in ``expected.json``, written by ``python -m bench.compose_config
--compose PROGRAM --cases --write tests/formats/compose/expected.json``.
"""

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct


class Case(Struct, frozen=True):
    """A project by the paths of its files; ``compose.yaml`` is the one that is asked for."""

    name: str
    files: Mapping[str, str]

    def lay(self, folder: Path) -> None:
        """Write the files."""
        for path, text in self.files.items():
            place = folder / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text)


def _one(name: str, text: str, **more: str) -> Case:
    files = {key.replace("__", "/").replace("_", "."): value for key, value in more.items()}
    return Case(name, {"compose.yaml": text, **files})


CASES = (
    _one(
        "extends in the file",
        """\
services:
  base:
    image: a:1
    command: [one, two]
    environment: {A: "1", B: base}
    ports: ["80:80"]
    volumes: ["./data:/data", "cache:/cache"]
    cap_add: [NET_ADMIN]
    labels: [x=1]
    depends_on: [db]
  web:
    extends: base
    command: three
    environment: [B=web, C]
    ports: ["81:80", "80:80"]
    volumes: ["./other:/data:ro"]
    cap_add: [SYS_TIME]
    labels: {y: 2}
  db: {image: db:1}
volumes: {cache: {}}
""",
    ),
    Case(
        "extends from a file in another folder",
        {
            "compose.yaml": "services:\n  web:\n    extends: {file: deploy/base.yaml, service: web}\n    user: app\n",
            "deploy/base.yaml": "services:\n  web:\n    extends: {service: root}\n    build: ./src\n    volumes: [./data:/data]\n  root:\n    privileged: true\n    environment: {TAG: '${TAG:-none}'}\n",
            "deploy/.env": "TAG=inner\n",
            ".env": "TAG=outer\n",
        },
    ),
    Case(
        "includes",
        {
            "compose.yaml": "include: [db/compose.yaml]\nservices:\n  web:\n    image: web:${V}\n    depends_on: {db: {condition: service_started}}\n",
            "db/compose.yaml": "services:\n  db:\n    image: db:${V}\n    volumes: ['./data:/data']\n",
            ".env": "V=outer\n",
            "db/.env": "V=inner\n",
        },
    ),
    Case(
        "includes with paths, a folder and an environment of its own",
        {
            "compose.yaml": "include:\n  - path: [db/a.yaml, db/b.yaml]\n    project_directory: elsewhere\n    env_file: db/own.env\nservices: {web: {image: 'web:${V:-unset}'}}\n",
            "db/a.yaml": "services:\n  db:\n    image: db:${V}\n    environment: {A: a}\n",
            "db/b.yaml": "services:\n  db:\n    user: b\n    environment: {A: b}\n",
            "db/own.env": "V=own\n",
        },
    ),
    Case(
        "an override",
        {
            "compose.yaml": "services:\n  web:\n    image: a:1\n    command: one two\n    entrypoint: [e]\n    ports: ['80:80', '127.0.0.1:443:443']\n    environment: [A=1, B=2]\n    volumes: ['vol:/a', '/x:/b']\n    networks: [one]\n    dns: [1.1.1.1]\n    expose: ['1']\n    healthcheck: {test: ['CMD', 'a'], interval: 1s}\n    security_opt: ['a:b']\n    extra_hosts: ['h:1.1.1.1']\n    profiles: [p]\nvolumes: {vol: {}}\nnetworks: {one: {}, two: {}}\n",
            "compose.override.yaml": "services:\n  web:\n    image: a:2\n    command: ['three']\n    ports: ['81:80', '80:80']\n    environment: {B: three, C: null}\n    volumes: ['/y:/b:ro']\n    networks: {two: {aliases: [w]}}\n    dns: 8.8.8.8\n    expose: ['2', '1']\n    healthcheck: {test: exit 0}\n    security_opt: ['c:d']\n    extra_hosts: {h: 2.2.2.2, i: 3.3.3.3}\n    profiles: [q]\n  new: {image: new}\n",
        },
    ),
    Case(
        "resets and overrides",
        {
            "compose.yaml": "services:\n  web:\n    image: a\n    ports: ['80:80', '81:81']\n    environment: {A: '1', B: '2'}\n    command: x\n    privileged: true\n    cap_add: [ALL]\n    volumes: ['/a:/a']\n  gone: {image: g}\n",
            "compose.override.yaml": "services:\n  web:\n    ports: !override ['90:90']\n    environment: {A: !reset null}\n    command: !reset null\n    privileged: !reset false\n    cap_add: !reset []\n    volumes: !override []\n  gone: !reset null\n",
        },
    ),
    _one(
        "variables",
        """\
services:
  web:
    image: "${IMAGE:-a}:${TAG-b}${NOTHING:+c}${SET:+-d}"
    command: ["$$HOME", "${EMPTY-x}", "${EMPTY:-y}", "${A:-${B:-${C:-deep}}}", "$SET.$$", "a$$$$b"]
    environment:
      Q: "${QUOTED}"
      R: ${RAW}
      M: "${MULTI}"
      E: ${EXPORTED}
      T: ${TWICE}
      S: ${SINGLE}
      H: ${HASH}
      W: ${COLON}
""",
        _env='SET=1\nEMPTY=\nQUOTED="a b\\tc"\nRAW=a b # c\nMULTI="one\ntwo"\nexport EXPORTED=e\nTWICE=${SET}2\nSINGLE=\'$SET\'\nHASH=a#b\nCOLON: c\n',
    ),
    _one(
        "profiles",
        "services:\n  a: {image: a}\n  b: {image: b, profiles: [debug]}\n  c: {image: c, profiles: [x, debug], depends_on: [b]}\n",
    ),
    _one(
        "anchors and merge keys",
        """\
x-common: &common
  restart: always
  environment: &env {A: "1"}
  logging: {driver: none}
services:
  a:
    <<: *common
    image: a
    environment: {<<: *env, B: "2"}
  b:
    <<: [*common, {user: u, restart: no}]
    image: b
  c: {<<: *common, image: c, restart: "no"}
""",
    ),
    _one(
        "ports in all forms",
        """\
services:
  a:
    image: a
    ports:
      - "3000"
      - "3000-3002"
      - "8000:8000"
      - "9090-9091:8080-8081"
      - "127.0.0.1:8001:8001"
      - "127.0.0.1:5000-5002:5000-5002"
      - "127.0.0.1::5005"
      - "6060:6060/udp"
      - "[::1]:6001:6001"
      - "12400-12402:1240"
      - 8443
      - {target: 80, published: "8080", host_ip: 127.0.0.1, protocol: tcp, mode: host}
      - {target: 81}
""",
    ),
    _one(
        "volumes in all forms",
        """\
services:
  a:
    image: a
    volumes:
      - /anonymous
      - named:/a
      - ./relative:/b
      - ../up:/c:ro
      - ~/home:/d
      - /abs:/e:rw,z
      - named:/f:nocopy
      - {type: bind, source: ./x, target: /g, read_only: true}
      - {type: tmpfs, target: /h}
      - {type: volume, source: named, target: /i, volume: {nocopy: true}}
    tmpfs: /run
volumes: {named: {}}
""",
    ),
    _one(
        "environment, labels and hosts in both forms",
        """\
services:
  a:
    image: a
    environment: [A=1, B, C=, "D=x=y", 'E="q"']
    labels: ["l=1", m, "n.o=p q"]
    extra_hosts: ["h:1.2.3.4", "i=5.6.7.8", "v6:[::1]"]
    sysctls: [net.core.somaxconn=1024]
  b:
    image: b
    environment: {A: 1, B: , C: "", D: true, E: 1.5, F: "on"}
    labels: {l: 1, m: , n: false}
    extra_hosts: {h: 1.2.3.4}
    sysctls: {net.core.somaxconn: 1024}
""",
    ),
    _one(
        "builds",
        """\
services:
  a: {build: .}
  b: {build: {context: ./b, dockerfile: D, args: [X=1, "Y"]}}
  c: {build: {dockerfile_inline: "FROM a", args: {X: 1, Z: }}}
  d: {build: https://example.invalid/r.git#main:sub, image: d}
""",
    ),
    _one(
        "commands in both forms",
        """\
services:
  a: {image: a, command: "sh -c 'a b' \\"c d\\" e\\\\ f", entrypoint: /x y}
  b: {image: b, command: [], entrypoint: []}
  c: {image: c, command: "", entrypoint: ""}
  d:
    image: d
    command: >
      one
      two
    healthcheck: {test: curl -f x || exit 1}
  e: {image: e, healthcheck: {test: [NONE]}}
  f: {image: f, command: a && b | c > d}
""",
    ),
    _one(
        "what depends and is shared",
        """\
services:
  a:
    image: a
    depends_on: [b]
    secrets: [s, {source: t, target: x}]
    configs: [{source: c}]
    networks: {default: , n: {ipv4_address: 10.0.0.2}}
  b: {image: b, networks: [n]}
networks: {n: {}}
secrets: {s: {file: ./s}, t: {file: ./t}}
configs: {c: {file: ./c}}
""",
    ),
    _one(
        "extends and what is not taken over",
        """\
services:
  base:
    image: a
    profiles: [p]
    network_mode: host
    security_opt: [no-new-privileges:true]
    tmpfs: [/run]
    volumes: ["/a:/a", "/b:/b"]
    secrets: [s]
    healthcheck: {test: [CMD, x]}
    deploy: {replicas: 2}
  web:
    extends: {service: base}
    security_opt: [seccomp:unconfined]
    tmpfs: /tmp
    volumes: ["/c:/b"]
    secrets: [t]
    healthcheck: {disable: true}
secrets: {s: {file: ./s}, t: {file: ./t}}
""",
    ),
    _one(
        "truths as texts",
        'services:\n  a: {image: a, privileged: "true", read_only: "${RO:-true}", init: false, tty: "false"}\n',
    ),
    _one(
        "several documents",
        "services:\n  a: {image: a, environment: {A: '1'}, ports: ['1:1']}\n---\nservices:\n  a: {user: u, environment: {B: '2'}, ports: ['2:2']}\n  b: {image: b}\n",
    ),
    Case(
        "an override of what is included",
        {
            "compose.yaml": "include: [db.yaml]\nservices: {web: {image: w}}\n",
            "compose.override.yaml": "services: {web: {user: u}, db: {user: d}}\n",
            "db.yaml": "services: {db: {image: d}}\n",
        },
    ),
    Case(
        "extends of a service of another file with variables",
        {
            "compose.yaml": "services:\n  web:\n    extends: {file: common.yaml, service: '${WHICH:-app}'}\n",
            "common.yaml": "services:\n  app: {image: 'a:${TAG:?no tag}', command: $$x}\n  other: {image: o}\n",
            ".env": "TAG=7\n",
        },
    ),
    Case(
        "lists over mappings, and texts over mappings",
        {
            "compose.yaml": "services:\n  a:\n    build: ./a\n    depends_on: {b: {condition: service_healthy}}\n    networks: [x]\n    labels: {l: 1}\n    sysctls: [a.b=1]\n    annotations: {q: r}\n    environment: {A: 1}\n    secrets: [s]\n    devices: ['/dev/a:/dev/x']\n    env_file: a.env\n  b: {image: b}\n  c: {image: c}\nnetworks: {x: , y: }\nsecrets: {s: {file: ./s}, t: {file: ./t}}\n",
            "compose.override.yaml": "services:\n  a:\n    build: {args: [X=1], dockerfile: D}\n    depends_on: [c]\n    networks: {y: {aliases: [z]}}\n    labels: [m=2, l=3]\n    sysctls: {c.d: 2}\n    environment: [A=2, B]\n    secrets: [t, {source: s, target: other}]\n    devices: ['/dev/b:/dev/x']\n    env_file: [b.env]\n",
            "a.env": "A=1\n",
            "b.env": "B=1\n",
        },
    ),
    Case(
        "mappings over lists",
        {
            "compose.yaml": "services:\n  a:\n    image: a\n    depends_on: [b]\n    networks: [x]\n    environment: [A=1, B=2, C]\n    labels: [l=1]\n    extra_hosts: ['v6:[::1]', 'h=1.1.1.1']\n    build: {context: ., args: [X=1]}\n  b: {image: b}\n  c: {image: c}\nnetworks: {x: , y: }\n",
            "compose.override.yaml": "services:\n  a:\n    depends_on: {c: {condition: service_started}}\n    networks: {y: }\n    environment: {A: , D: '4'}\n    labels: {m: 2}\n    extra_hosts: {v6: '::2'}\n    build: {args: {X: 2, Y: 3}}\n",
        },
    ),
    Case(
        "ports that meet",
        {
            "compose.yaml": "services:\n  a:\n    image: a\n    ports: ['80:80', '53:53/udp', '53:53', {target: 9, published: '9'}, '127.0.0.1:70:70']\n",
            "compose.override.yaml": "services:\n  a:\n    ports: ['127.0.0.1:80:80', '53:53/tcp', '9:9', '70:70', {target: 53, published: '53', protocol: udp}]\n",
        },
    ),
    Case(
        "extends over several files",
        {
            "compose.yaml": "services:\n  a: {extends: {file: one.yaml, service: b}, environment: {A: a}}\n",
            "one.yaml": "services:\n  b: {extends: {file: two/two.yaml, service: c}, environment: {B: b}, cap_drop: [ALL]}\n",
            "two/two.yaml": "services:\n  c: {image: c, environment: {A: c, B: c, C: c}, volumes: ['./v:/v'], cap_drop: [ALL, NET_RAW]}\n",
        },
    ),
    Case(
        "an include inside an include",
        {
            "compose.yaml": "include: [a/compose.yaml]\nservices: {web: {image: w}}\n",
            "a/compose.yaml": "include: [b/compose.yaml]\nservices: {a: {image: 'a:${V:-0}'}}\n",
            "a/b/compose.yaml": "services: {b: {image: 'b:${V:-0}', volumes: ['./x:/x']}}\n",
            "a/.env": "V=1\n",
            "a/b/.env": "V=2\n",
        },
    ),
    Case(
        "extends of what is included",
        {
            "compose.yaml": "include: [base.yaml]\nservices: {web: {extends: {file: base.yaml, service: base}, user: w}}\n",
            "base.yaml": "services: {base: {image: b, privileged: true}}\n",
        },
    ),
    _one(
        "odd scalars",
        """\
services:
  a:
    image: "1.10"
    user: "0"
    environment: {I: 10, T: yes, N: ~, S: "~"}
    labels: {v: 1.5}
    hostname: 'on'
    privileged: true
""",
    ),
    _one(
        "commands with quotes and operators",
        """\
services:
  a: {image: a, command: "a 'b;c' d; e"}
  b: {image: b, command: 'a "b|c" d|e'}
  c: {image: c, command: "a\\\\;b c"}
  d: {image: d, command: "a > b"}
  e: {image: e, command: "a $$(b) `c`"}
""",
    ),
)
