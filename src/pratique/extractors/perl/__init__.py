"""Read packages of Perl: what cpanm installed and what Carton locked."""
