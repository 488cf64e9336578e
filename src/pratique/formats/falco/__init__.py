"""Read the rule language of Falco: conditions, output texts, rule documents."""
