"""List what Go programs and Go projects are made of."""
