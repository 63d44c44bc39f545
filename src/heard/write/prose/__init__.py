"""What `check` says of prose: whether a paper, page or ad teaches, and does not pitch."""
