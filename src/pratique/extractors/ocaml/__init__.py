"""Read packages of OCaml: opam switches and locks."""
