"""How long does a bulletin page take, with how many claims recorded?

    REPATRIA_HOME=/tmp/exchange/intermediary python -m bench.record.bulletin_page [REQUESTS]

Asks the pages of an installation, as `repatria demo` leaves it, through Django's test
client in this process: the view, the database and the template, without a network. The
goal is 100 ms at the ninety-fifth percentile.
"""

import os
import statistics
import sys
import time

from repatria.wiring.django_ready import ready

PAGES = ("public-home", "public-bulletins", "public-figures", "public-said", "public-promises")


def timings(client, address: str, requests: int) -> list[tuple[float, float]]:
    """Milliseconds by the clock and of the processor, of each request but the first."""
    client.get(address)
    found = []
    for _ in range(requests):
        begun, used = time.perf_counter(), time.process_time()
        response = client.get(address)
        took, cost = time.perf_counter() - begun, time.process_time() - used
        found.append((took * 1000, cost * 1000))
        if response.status_code != 200:
            raise SystemExit(f"{address}: {response.status_code}")
    return found


def summary(found) -> str:
    """Median and ninety-fifth percentile."""
    ordered = sorted(found)
    p95 = ordered[int(len(ordered) * 0.95) - 1]
    return f"median {statistics.median(ordered):6.1f} ms, p95 {p95:6.1f} ms"


def main() -> None:
    """Print a line for each page."""
    ready()
    from django.test import Client
    from django.urls import reverse

    from repatria.store.queries import public
    from repatria.terms.parties import ANONYMOUS
    from repatria.wiring.desks import installation_here

    requests = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    with installation_here().open():
        row = public.bulletins(ANONYMOUS, language="en")[0]
        token = row.subject.partition(":")[2]
        pages = [(name, reverse(name, args=("en",))) for name in PAGES]
        pages.insert(0, ("public-bulletin", reverse("public-bulletin", args=("en", token))))
        print(f"{len(public.claims(ANONYMOUS))} claims; load {os.getloadavg()[0]:.1f}")
        for name, address in pages:
            clock, processor = zip(*timings(Client(), address, requests), strict=True)
            print(f"{name:18} clock: {summary(clock)}   processor: {summary(processor)}")


if __name__ == "__main__":
    main()
