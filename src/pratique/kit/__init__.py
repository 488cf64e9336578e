"""Serve every floor above: limits, clock, unit registry, http, log, sandbox, cache, store."""
