"""Curves drawn with dots or characters."""
