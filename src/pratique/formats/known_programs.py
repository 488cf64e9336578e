"""
Say under which names other databases know the programs that no package manager installs.

``PROGRAMS`` is by the name of the generic package. Sources: the official CPE dictionary
(https://nvd.nist.gov/products/cpe), Bitnami's advisories (github.com/bitnami/vulndb, by folder).
"""

from msgspec import Struct


class Identity(Struct, frozen=True, kw_only=True):
    """
    The names of one program.

    ``cpes`` are ``vendor:product`` pairs, ``bitnami`` its name in OSV's Bitnami ecosystem, ``go``
    in Go's; ``node`` is set for Node.js, which publishes advisories of its own. Empty: not there.
    """

    cpes: tuple[str, ...] = ()
    bitnami: str = ""
    go: str = ""
    node: bool = False


PROGRAMS = {
    "bash": Identity(cpes=("gnu:bash",)),
    "bind": Identity(cpes=("isc:bind",)),
    "bun": Identity(cpes=("oven-sh:bun",)),
    "busybox": Identity(cpes=("busybox:busybox",)),
    "consul": Identity(cpes=("hashicorp:consul",), bitnami="consul"),
    "curl": Identity(cpes=("haxx:curl", "haxx:libcurl")),
    "dart": Identity(cpes=("dart:dart_software_development_kit",)),
    "deno": Identity(cpes=("deno:deno",)),
    "dnsmasq": Identity(cpes=("thekelleys:dnsmasq",)),
    "dovecot": Identity(cpes=("dovecot:dovecot",)),
    "dropbear": Identity(cpes=("dropbear_ssh_project:dropbear_ssh",)),
    "elixir": Identity(cpes=("elixir-lang:elixir",)),
    "envoy": Identity(cpes=("envoyproxy:envoy",), bitnami="envoy"),
    "erlang": Identity(cpes=("erlang:erlang/otp",)),
    "etcd": Identity(cpes=("etcd:etcd", "redhat:etcd"), bitnami="etcd"),
    "exim": Identity(cpes=("exim:exim",)),
    "expat": Identity(cpes=("libexpat_project:libexpat",)),
    "ffmpeg": Identity(cpes=("ffmpeg:ffmpeg",)),
    "fluent-bit": Identity(
        cpes=("treasuredata:fluent_bit", "fluentbit:fluent_bit"), bitnami="fluent-bit"
    ),
    "gnupg": Identity(cpes=("gnupg:gnupg",)),
    "go": Identity(cpes=("golang:go",), go="toolchain"),
    "grafana": Identity(cpes=("grafana:grafana",), bitnami="grafana"),
    "haproxy": Identity(cpes=("haproxy:haproxy",), bitnami="haproxy"),
    "helm": Identity(cpes=("helm:helm",), bitnami="helm"),
    "httpd": Identity(cpes=("apache:http_server",), bitnami="apache"),
    "jq": Identity(cpes=("jqlang:jq", "jq_project:jq")),
    "julia": Identity(cpes=("julialang:julia",)),
    "krb5": Identity(cpes=("mit:kerberos_5",)),
    "lighttpd": Identity(cpes=("lighttpd:lighttpd",)),
    "mariadb": Identity(cpes=("mariadb:mariadb",), bitnami="mariadb"),
    "mediawiki": Identity(cpes=("mediawiki:mediawiki",)),
    "memcached": Identity(cpes=("memcached:memcached",), bitnami="memcached"),
    "minio": Identity(cpes=("minio:minio",), bitnami="minio"),
    "mongodb": Identity(cpes=("mongodb:mongodb",), bitnami="mongodb"),
    "mosquitto": Identity(cpes=("eclipse:mosquitto",)),
    "mysql": Identity(cpes=("oracle:mysql", "oracle:mysql_server")),
    "nginx": Identity(cpes=("f5:nginx", "nginx:nginx"), bitnami="nginx"),
    "node": Identity(cpes=("nodejs:node.js",), bitnami="node", node=True),
    "openldap": Identity(cpes=("openldap:openldap",), bitnami="openldap"),
    "openssh": Identity(cpes=("openbsd:openssh",)),
    "openssl": Identity(cpes=("openssl:openssl",)),
    "percona-server": Identity(cpes=("percona:percona_server",)),
    "perl": Identity(cpes=("perl:perl",)),
    "pgbouncer": Identity(cpes=("pgbouncer:pgbouncer",), bitnami="pgbouncer"),
    "php": Identity(cpes=("php:php",), bitnami="php"),
    "phpmyadmin": Identity(cpes=("phpmyadmin:phpmyadmin",), bitnami="phpmyadmin"),
    "postgresql": Identity(cpes=("postgresql:postgresql",), bitnami="postgresql"),
    "proftpd": Identity(cpes=("proftpd:proftpd",)),
    "prometheus": Identity(cpes=("prometheus:prometheus",), bitnami="prometheus"),
    "python": Identity(
        cpes=("python:python", "python_software_foundation:python"), bitnami="python"
    ),
    "rabbitmq": Identity(
        cpes=("vmware:rabbitmq", "pivotal_software:rabbitmq", "broadcom:rabbitmq_server"),
        bitnami="rabbitmq",
    ),
    "redis": Identity(cpes=("redis:redis", "redislabs:redis"), bitnami="redis"),
    "rsyslog": Identity(cpes=("rsyslog:rsyslog",)),
    "ruby": Identity(cpes=("ruby-lang:ruby",), bitnami="ruby"),
    "rust": Identity(cpes=("rust-lang:rust",)),
    "sqlite": Identity(cpes=("sqlite:sqlite",)),
    "squid": Identity(cpes=("squid-cache:squid",)),
    "sudo": Identity(cpes=("sudo_project:sudo",)),
    "tor": Identity(cpes=("torproject:tor",)),
    "traefik": Identity(cpes=("traefik:traefik",)),
    "unbound": Identity(cpes=("nlnetlabs:unbound",)),
    "valkey": Identity(cpes=("lfprojects:valkey", "linuxfoundation:valkey"), bitnami="valkey"),
    "varnish": Identity(
        cpes=("varnish-software:varnish_cache", "varnish_cache_project:varnish_cache"),
        bitnami="varnish",
    ),
    "vault": Identity(cpes=("hashicorp:vault",), bitnami="vault"),
    "vsftpd": Identity(cpes=("vsftpd_project:vsftpd",)),
    "wordpress": Identity(cpes=("wordpress:wordpress",), bitnami="wordpress"),
    "xz": Identity(cpes=("tukaani:xz", "xz_project:xz")),
    "zlib": Identity(cpes=("zlib:zlib",)),
    "zstd": Identity(cpes=("facebook:zstandard",)),
}

PRODUCTS = frozenset(product for identity in PROGRAMS.values() for product in identity.cpes)
"""All ``vendor:product`` pairs above: what is kept of the CPE configurations of the NVD."""
