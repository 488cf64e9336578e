"""Read the packages of Nix."""
