"""Check an image: what its config, its history and the files of its layers show."""
