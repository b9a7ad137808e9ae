"""handgrad: a tutor in the terminal for deep learning computed by hand."""

__version__ = "0.1.0"
