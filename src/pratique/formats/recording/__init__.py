"""Keep what a sensor saw, so that rules are tried and workloads learnt again without the workload."""
