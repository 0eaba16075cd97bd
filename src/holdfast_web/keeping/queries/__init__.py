"""Reads the audit for the owner, and which records wait to be erased."""
