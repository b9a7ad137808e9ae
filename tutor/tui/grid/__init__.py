"""The matrix that answers are typed into, and matrices that are shown."""
