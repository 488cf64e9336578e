"""Turn bytes into values and back: pure, bounded, no I/O."""
