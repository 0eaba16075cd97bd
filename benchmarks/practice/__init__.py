"""How fast the practice answers: a server of its own, twenty people at once, on this machine."""
