"""What pages of measures are filled in with."""
