"""The pages of an installation, at a moment of a small exchange."""

from repatria.wiring.django_ready import ready
from small_exchange import open_pages, played

# Test modules here import what needs Django's settings.
ready()

__all__ = ["open_pages", "played"]
