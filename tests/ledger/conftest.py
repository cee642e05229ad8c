"""What parties say, for the tests of this room."""

from voices import voices

__all__ = ["voices"]
