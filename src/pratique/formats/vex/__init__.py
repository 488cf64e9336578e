"""Read VEX documents: what an author states on flaws in products."""
