"""Charts from figures that are typed into a paper: read, drawn as SVG, and told as words and as a table."""
