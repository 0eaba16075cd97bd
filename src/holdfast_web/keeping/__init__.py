"""Keeping it safe: the trail of the audit, copies, export, retention, erasure."""
