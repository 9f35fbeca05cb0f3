"""The same rows as the documentation of django-filter and Django would have one list them: no design for size.

What a page shows of a row, how many rows, which filters with which numbers are those of the portal.
"""

NAME = "bench-naive"  # by which a PostgreSQL server knows its connections
