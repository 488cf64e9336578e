"""Run the benchmarks: ``make bench``, or ``python -m bench --help``."""

from bench.scan import main

if __name__ == "__main__":
    main()
