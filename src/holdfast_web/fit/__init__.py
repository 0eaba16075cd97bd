"""Is it right for me, and with whom: intake, assessment, review, matching."""
