"""List what ELF programs say of the package they belong to."""
