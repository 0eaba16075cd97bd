"""Forms for transcripts and findings."""
