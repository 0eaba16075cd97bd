"""How fast Holdfast is, beside the architectures that others use for the same work."""
