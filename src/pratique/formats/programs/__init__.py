"""
Read executable programs and what their builders left in them.

Everything here reads piecewise through ``layout.Readable``: a program may be a gigabyte.
"""
