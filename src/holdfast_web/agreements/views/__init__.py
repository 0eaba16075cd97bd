"""Pages of the working agreement, of shares, and of the practice's clauses."""
