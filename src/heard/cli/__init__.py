"""The command line: parse, call the pipeline, show. Nothing is decided here."""
