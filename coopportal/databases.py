"""How the portal talks to its databases: options of connections."""

SQLITE = {
    # Readers do not wait for the writer (WAL), writers queue for up to 10 s, and a transaction takes its write lock at
    # once: one that took it half-way could fail with "database is locked". Each thread has a cache of its own, so it is
    # small (4 MB): the system keeps the file in memory once for all.
    "timeout": 10,
    "transaction_mode": "IMMEDIATE",
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=134217728; PRAGMA cache_size=-4000;"
    ),
}
# Of PostgreSQL, in seconds and milliseconds: after how long a machine that says nothing is given up, and visitors are
# told so. A replica is not worth waiting for.
PATIENCE = {"connect_timeout": 10, "tcp_user_timeout": 15_000}
REPLICA_PATIENCE = {"connect_timeout": 2, "tcp_user_timeout": 5_000}
