"""Documents in general notations (JSON, TOML, YAML), read bounded."""
