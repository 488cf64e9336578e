"""Turn a baseline into the least rights that its workload needs."""
