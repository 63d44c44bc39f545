"""What may leave the private side: decided by rules, shown in sentences, let out by a person."""
