"""The working agreement: versioned clauses that both accept, and that the rest obeys."""
