"""Read what images say about themselves: SBOMs that lie in them, Bitnami's files, kernels."""
