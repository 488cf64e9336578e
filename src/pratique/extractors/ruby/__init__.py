"""Read the packages of Ruby."""
