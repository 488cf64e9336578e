"""Recognise programs that no package manager installed, by evidence in their bytes."""
