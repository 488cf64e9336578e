"""Hold the programs that build, check and document this repository; none is shipped."""
