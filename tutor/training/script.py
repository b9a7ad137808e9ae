"""An experiment as a script of plain PyTorch that prints the same losses, step by step."""

from tutor.training.experiments import Experiment


def script(experiment: Experiment) -> str:
    """The text of the script."""
    return experiment.name
