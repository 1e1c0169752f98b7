"""Linkage, from an agency's people to persons: one use case a file."""
