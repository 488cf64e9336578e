"""Measure speed and memory as ratios against a peer or the physical limit, in one run."""
