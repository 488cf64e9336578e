"""
Read zip archives (jar, wheel, egg, NuGet packages …) that may be made to mislead.

``archive.ZipArchive`` is the way in. The central directory is believed, as Java, Python and unzip
do; what the rest of the file says otherwise is an ``oddities.Oddity``.
"""
