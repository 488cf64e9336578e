"""Make each rule that Falco's maintainers keep fire on the behaviour it is about."""
