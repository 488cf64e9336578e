# title: the loader's settings overflow (CVE-2023-4911's shape)
# technique: T1068
# expects: loader-exploit
GLIBC_TUNABLES="glibc.malloc.mxfast=glibc.malloc.mxfast=A" Z=1 su --help >/dev/null 2>&1 || true
