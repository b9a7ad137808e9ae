"""torchrun on a life line: `python -m tutor.training.parallel_agent`, arguments as for torchrun.

It starts the ranks and ends with them; the end of its input, be it closed by the tutor or by the
tutor's end, ends it and them.
"""

import os
import signal
import sys
import time
from threading import Thread

from tutor.training.parallel import LOST
from tutor.training.worker import be_modest, without_torch

INTERRUPTED = 130

GRACE = 5.0
"""Seconds for the ranks to end after the step that they are at."""


def life_line() -> int:
    """Standard input, moved to where no rank inherits it."""
    line = os.dup(0)
    silence = os.open(os.devnull, os.O_RDONLY)
    os.dup2(silence, 0)
    os.close(silence)
    return line


def hold(line: int) -> None:
    """Wait for the end of the life line, then end as with ctrl+C; if that takes long, at once."""
    while os.read(line, 4096):
        pass
    # torchrun sends it on to the ranks.
    signal.raise_signal(signal.SIGINT)
    time.sleep(GRACE)
    os._exit(INTERRUPTED)


def main() -> int:
    """Run the ranks to their end; the exit code."""
    Thread(target=hold, args=(life_line(),), daemon=True).start()
    be_modest()
    try:
        from torch.distributed import run
        from torch.distributed.elastic.multiprocessing.api import SignalException
        from torch.distributed.elastic.multiprocessing.errors import ChildFailedError
    except (ImportError, OSError) as error:
        print(str(error).partition("\n")[0], file=sys.stderr)
        return without_torch(error)
    try:
        run.main(sys.argv[1:])
    except (SignalException, KeyboardInterrupt):
        return INTERRUPTED
    except ChildFailedError as error:
        codes = {one.exitcode for one in error.failures.values()}
        return LOST if LOST in codes else 1
    return 0


if __name__ == "__main__":
    code = main()
    sys.stderr.flush()
    os._exit(code)
