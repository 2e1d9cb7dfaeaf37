"""What a door knows about tickets: pure functions and values, standard library only."""
