"""The ranks as a group: how they find each other, add up their numbers, and miss one another."""

import contextlib
import os
import signal
import socket
import time
from datetime import timedelta
from typing import Literal

import torch.distributed as dist
from torch import Tensor
from torch.distributed.rendezvous import rendezvous

from tutor.training.parallel_lines import RankLostError

JOINING = timedelta(seconds=300)
"""For all ranks to have imported torch and come together."""

ANSWERING = timedelta(seconds=2)
"""For those that live to say so, once a step has failed."""


class Group:
    """All ranks of a run, as one of them sees them."""

    def __init__(self, patience: float) -> None:
        """Come together with the others, as the environment of torchrun says where.

        `patience` are the seconds after which a rank from which nothing comes is given up.
        """
        store, self.rank, self.ranks = next(rendezvous("env://", timeout=JOINING))
        self._store = store
        dist.init_process_group(
            "gloo", store=store, rank=self.rank, world_size=self.ranks, timeout=JOINING
        )
        self._patience = patience
        # A second group: the first has to be patient while others import torch.
        self._group = dist.new_group(timeout=timedelta(seconds=patience))
        self._store.set(f"handgrad-process-{self.rank}", f"{socket.gethostname()} {os.getpid()}")

    def add_up(self, numbers: Tensor) -> None:
        """Put the sum over all ranks in place of each rank's numbers: the all-reduce.

        Raises:
            RankLostError: a rank is gone, or says nothing.
        """
        began = time.monotonic()
        try:
            dist.all_reduce(numbers, op=dist.ReduceOp.SUM, group=self._group)
        except RuntimeError:
            waited = time.monotonic() - began
            how: Literal["closed", "silent"] = "silent" if waited >= self._patience else "closed"
            lost = self._missing()
            if how == "silent":
                self._end(lost)
            raise RankLostError(lost, how, waited) from None

    def _missing(self) -> tuple[int, ...]:
        """The ranks that do not say that they live; each that notices the loss says it."""
        with contextlib.suppress(RuntimeError):
            self._store.set(f"handgrad-lives-{self.rank}", "")
            deadline = time.monotonic() + ANSWERING.total_seconds()
            lost = []
            for rank in range(self.ranks):
                left = timedelta(seconds=max(deadline - time.monotonic(), 0.001))
                try:
                    self._store.wait([f"handgrad-lives-{rank}"], left)
                except dist.DistStoreError:
                    lost.append(rank)
            return tuple(lost)
        # The store itself is gone, with the machine on which it was.
        return ()

    def _end(self, ranks: tuple[int, ...]) -> None:
        """End silent ranks on this machine: a stopped process would else be waited for by all."""
        for rank in ranks:
            with contextlib.suppress(RuntimeError, ValueError, OSError):
                host, process = self._store.get(f"handgrad-process-{rank}").decode().rsplit(" ", 1)
                if host == socket.gethostname():
                    os.kill(int(process), signal.SIGKILL)
