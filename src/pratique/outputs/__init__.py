"""Give alerts to those who wait for them, in their form, without losing any."""
