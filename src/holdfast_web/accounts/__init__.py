"""People who sign in: invited, with a second factor where it is asked for."""
