"""Fuzzing: broken files and texts for all that reads them, and laws for what comes out."""
