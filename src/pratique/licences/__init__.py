"""Say under which licences a package or file is, and what they ask for."""
