"""What the benches share: timing, invented notes, and real patterns turned into papers."""
