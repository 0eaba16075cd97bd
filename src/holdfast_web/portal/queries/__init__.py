"""What the client's pages read."""
