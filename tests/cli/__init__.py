"""Test the commands as a person types them."""
