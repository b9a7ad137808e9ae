"""Finding the slip in somebody else's working, on the screen."""
