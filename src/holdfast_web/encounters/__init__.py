"""Sessions: their dates and numbers, the notes of a session, private notes."""
