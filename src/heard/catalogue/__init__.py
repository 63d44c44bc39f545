"""Reading the plain files into values, and what they add up to."""
