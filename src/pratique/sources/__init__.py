"""Reach images wherever they are: archives, layouts, registries, daemons, folders, SBOMs."""
