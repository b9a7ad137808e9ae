"""What the models are trained on: shipped, generated, or a lesson's own, and always the same."""
