"""How the passwords of made-up accounts are kept: as in production, at next to no cost."""

from django.contrib.auth.hashers import ScryptPasswordHasher


class QuickHasher(ScryptPasswordHasher):
    """scrypt with so little work that it protects nothing."""

    work_factor = 2**4
