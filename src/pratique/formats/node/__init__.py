"""Read what a node writes down of itself: logins, its log, its own packages and modules."""
