"""Read packages of Python: what pip installed and what its lockfiles pin."""
