"""Read the packages of an image out of its files, one kind of database a file."""
