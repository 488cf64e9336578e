"""Add what others know to a finding: exploitation, scores, end of life."""
