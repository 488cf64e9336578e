"""Keep advisories in one SQLite file per ecosystem: layout, writing, reading."""
