"""
Make bases and contexts in which real Dockerfiles build without a network.

A world is one of our images with a local repository in it (apt by ``file:``, apk from a folder, and pip
from a folder), whose packages are made here: the package managers are the real ones, the programs
they install are stand-ins. What a file downloads is given by a stand-in of wget and curl out of a
folder of the base. ``CASES`` says for each file which world stands for its bases and what its build
context holds.
"""

import shutil
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct

from bench.small_packages import Files, apk, archive, deb, deb_index, source
from pratique.pipelines.building import Recipe
from pratique.pipelines.run_buildah import Buildah

DEBIAN, ALPINE = "debian-12-slim.oci.tar", "alpine-3.15-zstd.oci.tar"
_SCRIPT = "#!/bin/sh\n"
_WGET = f"""{_SCRIPT}# Give what the base holds for the last part of an address.
for word; do
    case "$last" in -O) to=$word ;; esac
    case "$word" in http*) from=$word ;; esac
    last=$word
done
exec cp "/srv/web/${{from##*/}}" "${{to:-${{from##*/}}}}"
"""
_CURL = f"""{_SCRIPT}# Give what the base holds for the last part of an address.
for word; do
    case "$word" in http*) from=$word ;; -*O*) to=here ;; esac
done
if [ "$to" ]; then exec cp "/srv/web/${{from##*/}}" .; fi
exec cat "/srv/web/${{from##*/}}"
"""
_GIT = f'{_SCRIPT}mkdir -p "$3"\necho "$2" > "$3/origin"\n'
_UNZIP = f'{_SCRIPT}exec tar -xf "$1"\n'
_MAKE = f'{_SCRIPT}exec sh ./Makefile "$@"\n'
_HUGO = f"{_SCRIPT}mkdir -p public\ncp config.toml public/index.html\n"
_STEAM = f"{_SCRIPT}mkdir -p /steam/tf2/tf/cfg/sourcemod\n"
_NOTHING = f"{_SCRIPT}:\n"
_PROGRAMS = MappingProxyType({"wget": _WGET, "curl": _CURL, "git": _GIT, "unzip": _UNZIP})
_NAMED = (
    *("apt-file", "build-essential", "ca-certificates", "dos2unix", "htop", "libc6-dev-i386"),
    *("libcap2-bin", "protobuf-compiler", "telnet", "xinetd", "xz-utils", "imagemagick"),
    *("certbot", "tor", "bash"),
)
_PACKAGES = (("pgadmin4", "6.16"), ("pgadmin4", "7.6"), ("requests", "2.0"), ("flask", "2.3"))


class Case(Struct, frozen=True):
    """
    A file: what stands for its bases (``debian``, …), and its build context.

    ``text`` is the file itself where it is ours, empty where it is of the corpus.
    """

    file: str
    worlds: Mapping[str, str]
    context: Files = {}
    text: str = ""


_OWN = """\
FROM --platform=$TARGETPLATFORM debian:12 as build
Maintainer Somebody <somebody@example.invalid>
RUN apt-get update && \\
    apt-get install htop && \\

    sudo mkdir /app
RUN useradd -u 1234567 app
RUN cd /app && yarn install
FROM build
EXPOSE 8080/TCP
HEALTHCHECK CMD ["false"]
ENTRYPOINT ["/bin/false"]
CMD ["one"]
HEALTHCHECK CMD ["true"]
ENTRYPOINT ["/bin/echo"]
CMD ["two"]
"""
_SUDO = f'{_SCRIPT}exec "$@"\n'
_YARN = f"""{_SCRIPT}# Keep a cache, as yarn does.
case "$1" in
    install) mkdir -p ~/.cache/yarn && echo cached > ~/.cache/yarn/x && echo x > .yarn-integrity ;;
    cache) rm -rf ~/.cache/yarn ;;
esac
"""


OWN = Case("Dockerfile of our own", {"debian:12": "tools"}, text=_OWN)
"""What mends by rules that meet nothing in the files of the corpus that build."""
CASES = (
    Case(
        "argoproj_argo-workflows__.devcontainer_builder_Dockerfile",
        {"mcr.microsoft.com/vscode/devcontainers/base:ubuntu-22.04": "tools"},
        {"hack/k8s-versions.sh": "declare -A K8S_VERSIONS=([min]=v1.30)\n"},
    ),
    Case("jessfraz_dockerfiles__apt-file_Dockerfile", {"debian:sid-slim": "debian"}),
    Case("jessfraz_dockerfiles__certbot_Dockerfile", {"alpine:latest": "alpine"}),
    Case("jessfraz_dockerfiles__imagemagick_Dockerfile", {"alpine:latest": "alpine"}),
    Case(
        "juice-shop_juice-shop__test_smoke_Dockerfile",
        {"alpine": "alpine"},
        {"smoke-test.sh": f'{_SCRIPT}curl "$1"\n'},
    ),
    Case(
        "kubernetes_examples___archived_cluster-dns_images_frontend_Dockerfile",
        {"python:2.7-slim": "python"},
        {"client.py": "import requests\n"},
    ),
    Case(
        "kubernetes_examples__databases_cassandra_image_Dockerfile",
        {"registry.k8s.io/debian-base-amd64:0.3": "tools"},
        {"files/build.sh": f"{_SCRIPT}mkdir /cassandra_data\n", "files/run.sh": _NOTHING},
    ),
    Case(
        "madhuakula_kubernetes-goat__infrastructure_goat-home_Dockerfile",
        {"alpine": "alpine", "nginx:alpine-slim": "alpine"},
        {"home/config.toml": 'title = "home"\n'},
    ),
    Case(
        "madhuakula_kubernetes-goat__infrastructure_helm-tiller_Dockerfile",
        {"debian:stable": "debian"},
        {"pwnchart/Chart.yaml": "name: chart\n"},
    ),
    Case(
        "madhuakula_kubernetes-goat__infrastructure_system-monitor_Dockerfile",
        {"ubuntu:noble": "debian"},
    ),
    Case(
        "moby_buildkit__frontend_dockerfile_parser_testfiles_influxdb_Dockerfile",
        {"ubuntu:14.04": "debian"},
    ),
    Case(
        "moby_buildkit__frontend_dockerfile_parser_testfiles_tf2_Dockerfile",
        {"ubuntu:12.04": "debian"},
        {
            **{name: f"// {name}\n" for name in ("script", "server.cfg", "sourcemod.cfg")},
            **{name: f"// {name}\n" for name in ("ctf_2fort.cfg", "configs/admins.cfg")},
        },
    ),
    Case(
        "vulhub_vulhub__base_gitlist_0.6.0_Dockerfile",
        {"php:7.1-apache": "tools"},
        {"config.ini": "[git]\n"},
    ),
    Case(
        "vulhub_vulhub__base_inetutils_2.5_Dockerfile",
        {"debian:bullseye": "debian"},
        {"telnet.xinetd": "service telnet {}\n"},
    ),
    *(
        Case(
            f"vulhub_vulhub__base_pgadmin_{version}_Dockerfile",
            {"python:3.10": "python"},
            {"requirements.txt": f"pgadmin4=={version}\n", "config_local.py": "DEBUG = False\n"},
        )
        for version in ("6.16", "7.6")
    ),
    Case(
        "vulhub_vulhub__base_rocketmq_5.1.0_Dockerfile",
        {"eclipse-temurin:8-jre": "debian"},
        {"docker-entrypoint.sh": _NOTHING},
    ),
    OWN,
)


def web() -> dict[str, bytes]:
    """Return what the files download, by the last part of the address."""
    broker = "JAVA_OPT=-Xms8g -Xmx8g -Xmn4g\n"
    inetutils = {
        "configure": _NOTHING,
        "Makefile": '[ "$1" = install ] && mkdir -p /usr/libexec && cp configure /usr/libexec/telnetd\n:\n',
    }
    influxdb = {
        "usr/bin/influxdb": _NOTHING,
        "opt/influxdb/shared/config.toml": "x = 1\n",
        "opt/influxdb/version": "1\n",
    }
    sourcemod = {
        "addons/sourcemod/configs/x.cfg": "x\n",
        "addons/sourcemod/translations/common.phrases.txt": "x\n",
    }
    programs = {"helm": _NOTHING, "tiller": _NOTHING}
    rocketmq = {f"bin/{name}.sh": broker for name in ("runbroker", "runserver", "tools")}
    return {
        "helm-v2.16.7-linux-amd64.tar.gz": archive(programs, top="linux-amd64/"),
        "kubectl": _NOTHING.encode(),
        "gotty_2.0.0-alpha.3_linux_amd64.tar.gz": archive({"gotty": _NOTHING}),
        "influxdb_latest_amd64.deb": deb("influxdb", influxdb),
        "steamcmd_linux.tar.gz": archive({"steamcmd.sh": _STEAM}),
        "mmsource-1.10.0-linux.tar.gz": archive({"addons/metamod/x.vdf": "x\n"}),
        "sourcemod-1.5.3-linux.tar.gz": archive(sourcemod),
        "inetutils-2.5.tar.xz": archive(inetutils, top="inetutils-2.5/"),
        "gitlist-0.6.0.tar.gz": archive({"index.php": "<?php\n"}, top="gitlist/"),
        "rocketmq-all-5.1.0-bin-release.zip": archive(
            rocketmq, top="rocketmq-all-5.1.0-bin-release/"
        ),
        "hugo_0.84.0_Linux-64bit.tar.gz": archive({"hugo": _HUGO}),
    }


def debian_packages() -> dict[str, bytes]:
    """Return the packages of the apt repository; some recommend one that nobody asked for."""
    found = {
        name: deb(name, {f"usr/bin/{name}": text}, recommends="recommended")
        for name, text in _PROGRAMS.items()
    }
    for name in _NAMED:
        programs = {f"usr/bin/{name}": _NOTHING, f"usr/share/doc/{name}/copyright": "free\n"}
        if name == "build-essential":
            programs = {"usr/bin/make": _MAKE}
        found.setdefault(name, deb(name, programs))
    del found["bash"]  # is there
    for name in ("perl", "libfile-find-rule-perl"):  # taken out of the image, and missed by others
        found[name] = deb(name, {}, foreign=True)
    found["recommended"] = deb("recommended", {"usr/share/recommended/data": "much of it\n" * 9999})
    return {f"{name}_99.0_all.deb": content for name, content in found.items()}


def alpine_packages() -> dict[str, bytes]:
    """Return the packages of the apk repository."""
    found = {name: apk(name, {f"usr/bin/{name}": text}) for name, text in _PROGRAMS.items()}
    for name in ("ca-certificates", "imagemagick", "certbot", "tor", "bash"):
        found[name] = apk(name, {f"usr/bin/{name}": _NOTHING})
    return {f"{name}-1.0-r0.apk": content for name, content in found.items()}


class Worlds:
    """Bases with repositories in them, each made when it is first asked for."""

    def __init__(self, builder: Buildah, images: Path, folder: Path) -> None:
        """Take a folder to lay contexts of the bases in."""
        self.builder = builder
        self.images = images
        self.folder = folder
        self.names: dict[str, str] = {}

    def base(self, world: str) -> str:
        """
        Return the builder's name of a base.

        Raises:
            RuntimeError: it does not build.
        """
        if world not in self.names:
            maker = {
                "debian": self._debian,
                "tools": self._tools,
                "python": self._python,
                "alpine": self._alpine,
            }[world]
            self.names[world] = maker(self.folder / world)
        return self.names[world]

    def _debian(self, context: Path) -> str:
        packages = debian_packages()
        lay(context / "apt", packages)
        lay(context / "apt", {"Packages": deb_index(packages)})
        lay(context / "web", web())
        base = self.builder.base(f"oci-archive:{self.images / DEBIAN}")
        return self._built(
            context,
            f"FROM {base}\n"
            "COPY apt /srv/apt\nCOPY web /srv/web\n"
            "RUN rm -rf /etc/apt/sources.list.d /etc/apt/sources.list"
            " && echo 'deb [trusted=yes] file:/srv/apt ./' > /etc/apt/sources.list\n"
            "RUN apt-get update && apt-get --yes --fix-broken install && rm -rf /var/lib/apt/lists/*\n",
        )

    def _tools(self, context: Path) -> str:
        """Return the Debian world with what some bases bring along."""
        programs = {name: _PROGRAMS[name] for name in ("wget", "curl")}
        programs |= {"sudo": _SUDO, "yarn": _YARN}
        lay(context / "bin", {**programs, "clean-install": _NOTHING, "a2enmod": _NOTHING})
        return self._built(
            context,
            f"FROM {self.base('debian')}\nCOPY bin /usr/local/bin/\nRUN mkdir -p /var/www/html\n",
        )

    def _python(self, context: Path) -> str:
        lay(context / "sources", {f"{n}-{v}.tar.gz": source(n, v) for n, v in _PACKAGES})
        lay_python(context / "local")
        return self._built(
            context,
            f"FROM {self.base('debian')}\nCOPY local /usr/local/\nCOPY sources /srv/sources\n"
            "RUN ldconfig && ln -s python3 /usr/local/bin/python && pip --version\n"
            "ENV PIP_NO_INDEX=1 PIP_FIND_LINKS=/srv/sources PIP_ROOT_USER_ACTION=ignore\n",
        )

    def _alpine(self, context: Path) -> str:
        lay(context / "apk", alpine_packages())
        lay(context / "web", web())
        wrapper = f'{_SCRIPT}exec /sbin/apk --allow-untrusted "$@"\n'
        lay(context / "bin", {"apk": wrapper})
        base = self.builder.base(f"oci-archive:{self.images / ALPINE}")
        return self._built(
            context,
            f"FROM {base}\nUSER root\nWORKDIR /\n"
            "COPY apk /srv/apk/x86_64\nCOPY web /srv/web\nCOPY bin /usr/local/sbin\n"
            "RUN cd /srv/apk/x86_64 && apk index -o APKINDEX.tar.gz *.apk"
            " && echo /srv/apk > /etc/apk/repositories && apk update"
            " && rm -rf /var/cache/apk/*\n",
        )

    def _built(self, context: Path, recipe: str) -> str:
        baked = self.builder.build(Recipe(content=recipe.encode(), context=context))
        if baked.archive is None:
            raise RuntimeError(f"the base {context.name} cannot be made: {baked.problem}")
        name = self.builder.base(f"docker-archive:{baked.archive}")
        baked.archive.unlink()
        return name


def lay(folder: Path, files: Files) -> None:
    """Write files; a script can be run."""
    for path, text in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        content = text.encode() if isinstance(text, str) else text
        place.write_bytes(content)
        place.chmod(0o755 if content.startswith(b"#!") else 0o644)


def lay_python(folder: Path) -> None:
    """Copy the Python that runs this, without its tests and what was installed into it, and its pip."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    library = Path(sysconfig.get_path("stdlib"))
    left_out = shutil.ignore_patterns(
        "test",
        "tests",
        "__pycache__",
        "site-packages",
        "dist-packages",
        "config-*",
        "idlelib",
        "*.a",
    )
    shutil.copytree(library, folder / "lib" / version, ignore=left_out)
    program = Path(sys.base_prefix, "bin", version)
    (folder / "bin").mkdir()
    shutil.copy2(program, folder / "bin" / version)
    (folder / "bin/python3").symlink_to(version)
    for shared in _shared(folder):
        shutil.copy2(shared, folder / "lib" / shared.name)
    (wheel,) = (library / "ensurepip/_bundled").glob("pip-*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(folder / "lib" / version / "site-packages")
    started = f"#!/usr/local/bin/{version}\nfrom pip._internal.cli.main import main\nmain()\n"
    lay(folder / "bin", {"pip": started, "pip3": started})


def _shared(folder: Path) -> set[Path]:
    """Return the shared libraries that this Python needs, but those of the C library."""
    programs = [str(path) for path in (*folder.rglob("*.so"), *(folder / "bin").glob("python3.*"))]
    said = subprocess.run(["ldd", *programs], capture_output=True, text=True, check=False).stdout
    found = {Path(line.split()[2]) for line in said.splitlines() if " => /" in line}
    apart = ("libc.", "libm.", "ld-", "libpthread.", "libdl.", "librt.", "libutil.", "libcrypt.")
    return {path for path in found if not path.name.startswith(apart)}
