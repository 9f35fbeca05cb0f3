#!/bin/sh
# What a server's timers do (docs/operators.md), in a container that has none. A command that fails is tried the next
# time; what it said is in the log.
set -u
night="" hour=""
while :; do
    python manage.py publish_due
    if [ "$(date -u +%H)" = "03" ] && [ "$night" != "$(date -u +%F)" ]; then
        night=$(date -u +%F)
        python manage.py backup "$BACKUP_DIR" --keep 30
        python manage.py find_duplicates
        python manage.py forget_old
        python manage.py check_links
    fi
    if [ "$hour" != "$(date -u +%FT%H)" ]; then
        hour=$(date -u +%FT%H)
        # Beside the others: of a large portal it takes long. One that still runs is left alone.
        nice -n 15 python manage.py snapshot "$SNAPSHOT_DIR" &
    fi
    sleep 300 &
    wait $!
done
