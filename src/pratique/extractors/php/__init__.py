"""Read the packages of PHP: Composer, PEAR and WordPress."""
