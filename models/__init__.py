"""Fitted parts: encoders, indexes, calibrations and choice models, each with a card."""
