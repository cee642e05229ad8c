"""Installations to be attacked."""

from repatria.wiring.django_ready import ready

ready()
