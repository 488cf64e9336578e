from pratique.formats.sbom._lockfile_readers import SYFT_LOCKFILES, TRIVY_LOCKFILES


def test_what_reads_installed_packages_is_no_lockfile_reader():
    """Installed evidence stays installed."""
    assert not TRIVY_LOCKFILES & {"node-pkg", "python-pkg", "gobinary", "jar", "gemspec"}
    assert not SYFT_LOCKFILES & {"javascript-package-cataloger", "java-archive-cataloger"}
