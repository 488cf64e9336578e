"""Read packages of conda, mamba and pixi: environments, exports and locks."""
