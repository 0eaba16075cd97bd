"""What people do with transcripts and findings."""
