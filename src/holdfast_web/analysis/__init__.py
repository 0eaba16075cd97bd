"""What was said: transcripts, what the coder found in them, and what people made of that."""
