"""Forms for messages."""
