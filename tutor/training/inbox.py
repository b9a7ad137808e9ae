"""Commands on their way from the thread that reads to the one that trains."""

from collections import deque
from collections.abc import Iterable
from threading import Event

from tutor.training import protocol


class Inbox:
    """Filled by one thread, emptied by another."""

    def __init__(self) -> None:
        """Nothing there yet."""
        self.waiting: deque[protocol.AnyCommand] = deque()
        self._arrived = Event()

    def put(self, commands: Iterable[protocol.AnyCommand]) -> None:
        """Leave commands; called by the thread that reads."""
        self.waiting.extend(commands)
        self._arrived.set()

    def wait(self, seconds: float) -> bool:
        """Whether a command is there, after waiting for one at most so long."""
        if not self.waiting:
            self._arrived.wait(seconds)
        self._arrived.clear()
        return bool(self.waiting)
