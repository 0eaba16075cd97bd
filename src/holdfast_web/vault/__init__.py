"""Encryption per client: a key of the client's seals each field, the practice's key wraps it."""
