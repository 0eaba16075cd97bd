"""Student's t for 95 %: how far a mean of few numbers may be off, in standard errors."""

# By degrees of freedom from 1 on: printed in every textbook.
T_975 = (
    *(12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228),
    *(2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086),
    *(2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042),
)


def t_975(free: int) -> float:
    """Return Student's t for a 95 % interval; beyond 30 degrees of freedom the last is kept.

    Parameters
    ----------
    free
        Degrees of freedom, 1 or more.

    Examples
    --------
    >>> t_975(1), t_975(30), t_975(200)
    (12.706, 2.042, 2.042)
    """
    return T_975[min(free, len(T_975)) - 1]
