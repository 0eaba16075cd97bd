"""Our own labels on AnnoMI's sessions, by id and without text: codebook, reader, agreement."""
