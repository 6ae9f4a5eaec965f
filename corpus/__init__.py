"""Facts: what is known about the locations of a region, each statement with its source."""
