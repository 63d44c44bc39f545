"""Taking down what was heard."""
