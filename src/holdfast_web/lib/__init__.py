"""What every part of the practice stands on: decisions, refusals, time, headers."""
