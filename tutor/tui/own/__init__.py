"""The learner's own numbers in the place of a lesson's."""
