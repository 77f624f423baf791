"""Fixes that a program may make: fixed statements put in or restored, where the law's records allow it."""
