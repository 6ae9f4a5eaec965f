"""Lead scoring: a file of companies in, the same file out with scores, locations and reasons."""
