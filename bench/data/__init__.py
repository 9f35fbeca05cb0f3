"""Data sets of a chosen number of engagements, the same at each build, for SQLite and PostgreSQL."""
