"""Learn what a workload does, tell what is outside, and write the least rights that it needs."""
