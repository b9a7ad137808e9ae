"""Lessons as data, and the way of one learner through one lesson."""
