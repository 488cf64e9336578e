"""Make small test inputs by code: layers, images, package databases, feeds."""
