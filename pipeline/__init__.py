"""namnd: from the paper of Swedish municipal boards to a normalised, trustworthy table."""

__version__ = "0.1.0"
