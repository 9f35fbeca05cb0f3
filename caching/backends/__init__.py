"""Stores behind Django's cache interface."""
