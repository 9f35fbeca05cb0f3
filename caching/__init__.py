"""Whole pages for anonymous visitors, kept and never stale."""
