"""What pages show of messages."""
