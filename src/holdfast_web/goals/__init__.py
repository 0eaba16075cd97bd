"""Goals in the client's words, and what helps."""
