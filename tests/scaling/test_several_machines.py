"""Two portals behind a balancer, a primary database with a replica, and Redis: whatever dies, nobody notices.

All are real processes with the settings of `deploy/`, which docs/scaling.md shows.
"""

import signal
import time

from tests.scaling.processes import Servers, answers, ask, environment_of, needs, wait_until
from tests.scaling.visitors import ANYTHING, FILES, Editor, Visitors

VISITORS = 24
TELLING = [
    "/en/programmes/",
    "/en/programmes/my-coop/",
    "/es/programmes/my-coop/",
    "/en/search/?q=edition",
    "/api/v1/programmes/?q=edition",
    "/en/programmes.csv",
    "/data/programmes.csv",
]
OTHERS = ["/en/", "/fr/", "/en/countries/", "/en/countries/pe/", "/en/engagements/?country=PE", "/en/profiles/"]


def test_no_request_fails_and_no_page_is_old_whatever_dies(tmp_path):
    needs("initdb", "haproxy", "redis-server")
    with Servers(tmp_path) as servers:
        primary = servers.postgresql()
        ask(primary, "CREATE DATABASE portal", "postgres")
        environment = environment_of(tmp_path, primary)
        servers.manage("migrate", "--verbosity=0", **environment)
        servers.manage("load_sample", "--verbosity=0", **environment)
        replica, copy = servers.replica_of(primary)
        redis, cache = servers.redis()
        environment |= {
            "DATABASE_REPLICA_URL": f"postgres://postgres@127.0.0.1:{replica}/portal",
            "CACHE_URL": f"redis://127.0.0.1:{redis}/0",
        }
        (port_1, portal_1), (port_2, portal_2) = (servers.portal(name, **environment) for name in ("one", "two"))
        balancer = servers.haproxy(port_1, port_2, threads=7)

        with Editor("my-coop", environment).editing() as editor:
            visitors = Visitors(balancer, VISITORS, [*TELLING, *OTHERS], editor)
            with visitors.reading():
                with visitors.phase("all is well"):
                    before = read_from(replica)
                assert read_from(replica) > before, "nobody is answered from the replica"

                with visitors.phase("the replica stands still"):
                    ask(replica, "SELECT pg_wal_replay_pause()")
                ask(replica, "SELECT pg_wal_replay_resume()")

                with visitors.phase("a portal is killed"):
                    visitors.may_break_off = ANYTHING  # that it has begun to send
                    portal_1.kill()
                visitors.may_break_off = None
                portal_1.start()
                wait_until(lambda: answers(port_1) and servers.has_back("one"), "the portal is back")

                with visitors.phase("the other portal is told to end"):
                    portal_2.end(signal.SIGTERM)
                portal_2.start()
                wait_until(lambda: answers(port_2) and servers.has_back("two"), "the other portal is back")

                with visitors.phase("Redis is killed"):
                    cache.kill()
                cache.start()

                with visitors.phase("the replica is killed"):
                    visitors.may_break_off = FILES
                    copy.kill()

        assert not visitors.faults, visitors.told_faults()
        assert visitors.editions.keys() >= set(TELLING)
        assert visitors.broken_off <= 2 * VISITORS, "one at most of each who was reading at either moment"


def read_from(replica: int) -> int:
    """How often programmes were looked up in the replica."""
    time.sleep(1.5)  # it counts every second
    return ask(
        replica,
        "SELECT sum(seq_scan + coalesce(idx_scan, 0)) FROM pg_stat_user_tables WHERE relname = 'programmes_programme'",
    )
