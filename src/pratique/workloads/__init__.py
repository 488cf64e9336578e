"""Say which container, pod and process an observation belongs to."""
