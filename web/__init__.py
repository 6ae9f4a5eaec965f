"""Pages: the matcher in a browser, in German and English."""
