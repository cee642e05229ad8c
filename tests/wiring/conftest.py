"""Whole installations as folders."""

from repatria.wiring.django_ready import ready

ready()
