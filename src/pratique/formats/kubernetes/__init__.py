"""Read Kubernetes manifests: their objects, pods and containers, and where each value stands."""
