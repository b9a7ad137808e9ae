"""Screens and widgets; no arithmetic, no file formats."""
