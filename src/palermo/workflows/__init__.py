"""One use case a file; the only place where two rooms meet."""
