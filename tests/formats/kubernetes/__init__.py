"""Prove what is read of Kubernetes manifests."""
