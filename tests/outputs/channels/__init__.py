"""Channels take records to where they are wanted, or say that they did not."""
