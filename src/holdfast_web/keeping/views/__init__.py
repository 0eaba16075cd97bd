"""Pages: the audit, records and their erasure, the client's copy."""
