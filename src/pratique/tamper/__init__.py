"""Tell where an image lies about itself: one file per tamper sign."""
