"""The pages, one module a part of the journey; each holds a Flask blueprint."""
