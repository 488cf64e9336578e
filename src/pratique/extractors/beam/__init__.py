"""Read the packages of the Erlang virtual machine: Erlang, Elixir and Gleam."""
