"""What pages show of transcripts and findings."""
