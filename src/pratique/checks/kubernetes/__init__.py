"""Find what Kubernetes manifests allow, expose or leave out."""
