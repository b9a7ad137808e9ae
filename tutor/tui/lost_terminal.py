"""What becomes of the tutor when its terminal is gone while it draws."""

from __future__ import annotations

import threading
from collections.abc import Callable


def end_without_terminal(end: Callable[[], object]) -> None:
    """Call `end` when nothing can be written to the terminal any more, and let nothing wait for it.

    Textual writes in a thread, which ends with the first error; what draws, and the end of the
    program itself, would then wait for ever for room in its queue.
    """
    from textual.drivers._writer_thread import WriterThread

    before = threading.excepthook

    def after(problem: threading.ExceptHookArgs) -> None:
        thread = problem.thread
        if not (isinstance(thread, WriterThread) and isinstance(problem.exc_value, OSError)):
            before(problem)
            return
        end()
        while thread._queue.get() is not None:
            pass

    threading.excepthook = after
