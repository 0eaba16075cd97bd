"""Everything that a client may have, as plain facts: the copy's JSON and its page show them."""
