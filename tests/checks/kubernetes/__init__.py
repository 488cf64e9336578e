"""Prove the checks of Kubernetes manifests."""
