// Comfort for the pages: everything here also works without it.
