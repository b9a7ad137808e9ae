"""What is imported before something is seen."""

import subprocess
import sys

HEAVY = {"msgspec", "numpy", "sqlite3", "torch", "yaml"}

PROGRAM = """
import asyncio
import sys
from tutor.learner.settings import Settings
from tutor.tui.app import TutorApp

class Watched(TutorApp):
    seen = None

    def _begin(self):
        # The first thing that waits for the first paint.
        self.seen = self.seen or set(sys.modules)
        super()._begin()

async def main():
    app = Watched(Settings(), "en", warms_lab=False)
    async with app.run_test(size=(80, 24)) as pilot:
        for _ in range(3000):
            if app.screen.entries and "tutor.tui.lesson" in sys.modules:
                break
            await pilot.pause(0.01)
    print(*app.seen)
    print(*sys.modules)

asyncio.run(main())
"""


def test_nothing_that_takes_long_is_imported_before_the_first_paint():
    result = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True
    )
    first, later = (set(line.split()) for line in result.stdout.splitlines())
    assert first & HEAVY == set()
    assert later & HEAVY == HEAVY - {"torch"}, (
        "the map, and the lesson that is made ready, need the rest"
    )
