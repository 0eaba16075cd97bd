"""The invented practice's past, told beat by beat with the practice's own actions."""
