"""A client's trajectories: in the terminal, as one HTML page, as JSON."""
