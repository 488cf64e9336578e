"""Read the packages of .NET: what was published, and what NuGet and Paket pinned."""
