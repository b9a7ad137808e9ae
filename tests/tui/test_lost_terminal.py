"""A terminal that is gone holds nobody up."""

import io
import threading

from textual.drivers._writer_thread import WriterThread

from tutor.tui.lost_terminal import end_without_terminal


class Gone(io.StringIO):
    """A terminal of which the other end is closed."""

    def write(self, text: str) -> int:
        raise OSError(5, "Input/output error")


def test_what_is_drawn_for_a_terminal_that_is_gone_waits_for_nothing(monkeypatch):
    monkeypatch.setattr(threading, "excepthook", lambda _: None)
    ended = threading.Event()
    end_without_terminal(ended.set)
    writer = WriterThread(Gone())
    writer.start()

    def draws_and_ends() -> None:
        for _ in range(200):
            writer.write("a frame")
        writer.stop()

    screen = threading.Thread(target=draws_and_ends, daemon=True)
    screen.start()
    screen.join(20)
    assert not screen.is_alive()
    assert ended.is_set()


def test_other_errors_of_threads_are_told_as_before(monkeypatch):
    told = []
    monkeypatch.setattr(threading, "excepthook", told.append)
    end_without_terminal(lambda: told.append("ended"))
    thread = threading.Thread(target=lambda: 1 // 0)
    thread.start()
    thread.join()
    assert [one.exc_type for one in told] == [ZeroDivisionError]
