"""Pages of transcripts and findings."""
