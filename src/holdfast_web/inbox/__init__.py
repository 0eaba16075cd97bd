"""What doesn't feel right: said by a client, answered by a person."""
