"""Test read what describes an image and where it lies: manifests, references, registries' and engines' words."""
