"""Say what every field of a rule is, and how an event answers it: one module per class."""
