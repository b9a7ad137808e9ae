"""The live model: the only wing that imports torch, and only in the child process."""
