"""Clients, care relationships and who may see what: the root of all access."""
