"""Tell what is badly configured: one file per check, one folder per kind of thing looked at."""
