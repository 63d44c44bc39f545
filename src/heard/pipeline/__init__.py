"""One module per story; the only place where the stages meet."""
