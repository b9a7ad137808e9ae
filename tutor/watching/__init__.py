"""Runs of any origin: files that grow, read as points a tag, with nothing of a screen."""
