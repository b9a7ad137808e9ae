"""What is remembered: places on disk, settings and the journal."""
