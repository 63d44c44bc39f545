"""From what was heard to a paper: the questions, the outline, and the quotes beside it."""
