"""Bad things that a Dockerfile shows before anything is built."""
