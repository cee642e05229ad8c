"""The pages of an installation, at a moment of a small exchange."""

from small_exchange import open_pages, played

from repatria.wiring.django_ready import ready

# Test modules here import what needs Django's settings.
ready()

__all__ = ["open_pages", "played"]
