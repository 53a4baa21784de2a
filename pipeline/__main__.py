"""`python -m pipeline` is `namnd`."""

from pipeline.cli import main

main()
