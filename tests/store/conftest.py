"""Every test of the store runs on both databases."""

import pytest

from conftest import BOTH_DATABASES
from repatria.wiring.django_ready import ready

ready()


@pytest.fixture(params=BOTH_DATABASES)
def database_kind(request):
    """First SQLite, then PostgreSQL."""
    return request.param
