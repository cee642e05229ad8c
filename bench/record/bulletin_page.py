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


def timings(client, address: str, requests: int) -> list[float]:
    """Milliseconds of so many requests, after one that warms up."""
    client.get(address)
    found = []
    for _ in range(requests):
        begun = time.perf_counter()
        response = client.get(address)
        found.append((time.perf_counter() - begun) * 1000)
        assert response.status_code == 200, response.status_code
    return found


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
            took = sorted(timings(Client(), address, requests))
            p95 = took[int(len(took) * 0.95) - 1]
            print(f"{name:18} median {statistics.median(took):6.1f} ms   p95 {p95:6.1f} ms")


if __name__ == "__main__":
    main()
