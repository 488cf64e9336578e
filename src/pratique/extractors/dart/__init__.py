"""Read the packages of Dart and Flutter."""
