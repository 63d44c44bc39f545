"""What every stage may use: safe files, text, YAML."""
