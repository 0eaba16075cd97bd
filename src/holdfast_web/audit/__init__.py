"""Who read or changed what: append-only, chained, in the same transaction as the change."""
