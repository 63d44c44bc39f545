"""`python -m heard`."""

from heard.cli.main import main

main()
