"""Which side of a run is looked at: its curve, its layers, its pictures, or some samples."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from tutor.training.run import Run
    from tutor.training.snapshot import Snapshot

View = Literal["curve", "layers", "pictures", "board"]

Wanted = tuple[bool, bool, str | None]
"""Layers, board, and the name of a picture."""
NOTHING: Wanted = (False, False, None)

ORDER = ("attention", "filters", "regions", "confusion", "weights")
"""Of the pictures: what tells most comes first."""


def pictures(snapshot: Snapshot) -> tuple[str, ...]:
    """The names of the pictures that there are, in the order in which they are shown."""
    names = snapshot.ready.pictures if snapshot.ready is not None else ()
    return tuple(sorted(names, key=_rank))


def _rank(name: str) -> int:
    kind = name.partition(":")[0]
    return ORDER.index(kind) if kind in ORDER else len(ORDER)


class Viewing:
    """The view that is chosen; what it shows is asked of the child only while it is seen."""

    def __init__(self, run: Run) -> None:
        """The curve."""
        self.run = run
        self.view: View = "curve"
        self.name = ""
        """The picture that was chosen."""
        self.first = 0
        """The first sample of the board that is shown."""
        self._viewer: object = None
        self._asked = NOTHING
        self._asked_run = 0

    @staticmethod
    def views(snapshot: Snapshot) -> tuple[View, ...]:
        """What there is to see of a run."""
        ready = snapshot.ready
        found: list[View] = ["curve"]
        if ready is not None:
            found += ["layers"] if ready.layers else []
            found += ["pictures"] if ready.pictures else []
            found += ["board"] if ready.classes else []
        return tuple(found)

    def shown(self, snapshot: Snapshot) -> View:
        """What is seen: the curve where a run has not what was chosen."""
        return self.view if self.view in self.views(snapshot) else "curve"

    def picture(self, snapshot: Snapshot) -> str:
        """The picture that is seen, or would be."""
        names = pictures(snapshot)
        return self.name if self.name in names else next(iter(names), "")

    def can(self, action: str, snapshot: Snapshot) -> bool:
        """Whether a key that belongs to a view could do something."""
        shown = self.shown(snapshot)
        if action == "open_picture":
            return shown == "pictures" and self._drawn(snapshot)
        if shown == "pictures":
            return len(pictures(snapshot)) > 1
        return shown == "board" and snapshot.board is not None

    def _drawn(self, snapshot: Snapshot) -> bool:
        picture = snapshot.picture
        return picture is not None and picture.name == self.picture(snapshot)

    def turn(self, way: int, snapshot: Snapshot) -> None:
        """The next view, or the one before."""
        views = self.views(snapshot)
        self.view = views[(views.index(self.shown(snapshot)) + way) % len(views)]

    def choose(self, way: int, snapshot: Snapshot) -> None:
        """The next picture, or the next samples."""
        board, names = snapshot.board, pictures(snapshot)
        if self.shown(snapshot) == "pictures":
            self.name = names[(names.index(self.picture(snapshot)) + way) % len(names)]
        elif board is not None:
            self.first = min(max(self.first + way, 0), len(board.samples) - 1)

    # What is asked of the child

    def seen_by(self, viewer: object, snapshot: Snapshot) -> None:
        """Ask for what a pane shows, once."""
        self._viewer = viewer
        if snapshot.ready is not None:
            shown = self.shown(snapshot)
            picture = self.picture(snapshot) if shown == "pictures" else None
            self._ask((shown == "layers", shown == "board", picture), snapshot.run)

    def unseen_by(self, viewer: object, snapshot: Snapshot) -> None:
        """Ask for nothing any more, if it was this pane that showed something."""
        if viewer is self._viewer:
            self._viewer = None
            self._ask(NOTHING, snapshot.run)

    def _ask(self, wanted: Wanted, run: int) -> None:
        """A start forgets what was asked, a reset does not: something is asked again of each."""
        again = run != self._asked_run and wanted != NOTHING
        if wanted != self._asked or again:
            layers, board, picture = wanted
            self.run.look(layers=layers, board=board, picture=picture)
        self._asked, self._asked_run = wanted, run
