"""Bad things that a Compose file shows before anything is started."""
