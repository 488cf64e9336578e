"""Read what container engines and runtimes keep of the containers that they run."""
