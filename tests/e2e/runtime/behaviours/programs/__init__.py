"""Programs that attacks and honest work run in containers, mounted beside the scripts."""
