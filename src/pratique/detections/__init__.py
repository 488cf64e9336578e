"""Tell attacks from everyday work: rules, drift, learnt behaviour, sequences."""
