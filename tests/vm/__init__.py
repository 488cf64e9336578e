"""A small virtual machine with another kernel, where the sensor is tried."""
