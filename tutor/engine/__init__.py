"""Arithmetic: formulas, their readings, answers and verdicts. NumPy only."""
