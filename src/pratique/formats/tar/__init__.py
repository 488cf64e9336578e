"""
Walk the tar stream of a layer as container engines do.

The engines (containerd, containers-storage, moby) all read layers with Go's ``archive/tar``, so
its reading of the format is the one that decides what a container sees; where it differs from GNU
tar or POSIX the walker follows Go and notes the difference as an ``Oddity``:

- the archive ends at two zero blocks, whatever comes behind them (concatenated archives are *not*
  read on), or at the end of the stream between two entries;
- records of a global PAX header (``g``) are not applied to the entries behind it;
- links, directories and devices have no data, whatever their size field says;
- a PAX header or long name over 1 MiB, a broken checksum or a lone zero block end the reading.

Sources: https://pkg.go.dev/archive/tar, POSIX.1-2017 pax, GNU tar manual "Tar Internals".
"""
