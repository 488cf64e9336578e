"""Read packages of R and Julia: libraries, depots and locks."""
