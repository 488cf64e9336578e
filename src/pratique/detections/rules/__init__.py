"""Judge events by rules in Falco's language: load, check, compile, run, try on samples."""
