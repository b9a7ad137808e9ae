"""The small models of the lab, and how one is trained: a batch, its loss, its gradient, the update.

The update is written out as the lessons write it: torch.optim takes a second and 70 MiB to import.
"""
