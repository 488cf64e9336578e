"""Observe a node by what every kernel of these years offers, without programs inside it."""
