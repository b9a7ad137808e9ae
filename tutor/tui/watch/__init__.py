"""Runs of any program, watched on the screen."""
