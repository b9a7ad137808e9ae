"""One run being read: its files followed, its tags as curves of bounded size."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from tutor.training.ranks import Ranks
from tutor.watching.followed import Followed
from tutor.watching.points import Begun, Item, Remark, Wishes, printable
from tutor.watching.rank_files import RankReader, rank_of
from tutor.watching.runs import RunFiles
from tutor.watching.step_curve import StepCurve

MOST_TAGS = 20_000
FARTHEST_STEP = 2.0**63
"""No step is beyond; an axis to where floating point ends would overflow."""
MOST_BINS, LEAST_BINS = 2048, 256
"""Bins of a curve while there are few tags, and while there are thousands."""
NAMED_TAGS = 12
"""Of those that are there, for the one who asked for another."""
ALL_BINS = 2_000_000
"""Bins of all curves together, as long as each has its least: 48 bytes each."""


class Reading:
    """What is known of a run; `poll` reads on."""

    def __init__(self, run: RunFiles, wishes: Wishes) -> None:
        """Nothing is read yet."""
        self.name = run.name
        self.curves: dict[str, StepCurve] = {}
        """By the names of tags as they can be shown."""
        self.points = 0
        self.written: float | None = None
        """When the last value was written, in seconds since 1970, where the file says so."""
        self.tags_changed = 0
        """Rises whenever there are other tags."""
        self.changes = 0
        """Rises whenever something that is shown has changed."""
        self._looked_at: tuple[int, float | None, int] = (0, None, 0)
        self._wishes = wishes
        self._unread: dict[str, None] = {}
        """The first tags that nobody asked for, where some are asked for."""
        self._known: dict[str, StepCurve] = {}
        """The same by what the files call them."""
        self._files: dict[str, Followed] = {}
        self._ranks = Ranks()
        self._left_out = False
        self._far_steps = 0
        self._capacity = MOST_BINS
        self.take(run)

    def take(self, run: RunFiles) -> None:
        """Follow the files that have come to the run as well."""
        for path in run.files:
            if str(path) not in self._files:
                # A single file of a rank is watched for itself.
                rank = rank_of(path.name) if run.name != path.name else None
                known = None if rank is None else partial(RankReader, self._ranks, rank)
                self._files[str(path)] = Followed(path, self._wishes, known)

    # How far it is

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(one.size for one in self._files.values())

    @property
    def offset(self) -> int:
        """Bytes that were read."""
        return sum(one.offset for one in self._files.values())

    @property
    def behind(self) -> int:
        """Bytes that are there and were not read yet."""
        return sum(one.behind for one in self._files.values())

    @property
    def changed(self) -> float | None:
        """When a file of it was last written, in seconds since 1970."""
        return max((one.changed for one in self._files.values() if one.changed), default=None)

    @property
    def waiting(self) -> int:
        """Bytes at the ends of files that are not whole yet."""
        return sum(one.waiting for one in self._files.values())

    @property
    def format(self) -> str:
        """The kind of its files; empty until it is known."""
        readers = (one.reader for one in self._files.values())
        return next((reader.format for reader in readers if reader is not None), "")

    @property
    def refused(self) -> bool:
        """Whether none of its files is of a kind that can be read."""
        return all(one.refused for one in self._files.values())

    @property
    def state(self) -> str:
        """How it stands, where its files say so."""
        readers = (one.reader for one in self._files.values())
        return next((one.state for one in readers if one is not None and one.state), "")

    @property
    def step(self) -> float | None:
        """The last step of any tag."""
        return self._overall()[0]

    def _overall(self) -> tuple[float | None, int]:
        """The last step of any tag, and how often one went back: 1 ms for thousands of tags."""
        if self._looked_at[0] != self.changes:
            curves = self.curves.values()
            step = max((one.last_step for one in curves if len(one)), default=None)
            back = max((one.went_back for one in curves), default=0)
            self._looked_at = self.changes, step, back
        return self._looked_at[1:]

    def remarks(self) -> list[Remark]:
        """All that is wrong, and all that had to be passed over."""
        found = [remark for one in self._files.values() for remark in one.remarks()]
        if times := sum(one.replaced for one in self._files.values()):
            found.append(Remark("watch.replaced", {"count": times}))
        if times := self._overall()[1]:
            found.append(Remark("watch.went-back", {"count": times}))
        if self._far_steps:
            found.append(Remark("watch.far-steps", {"count": self._far_steps}))
        for tag in self._wishes.tags:
            if self._unread and tag not in self._known:
                known = ", ".join(map(printable, self._unread))
                found.append(Remark("watch.no-tag", {"name": printable(tag), "known": known}))
        if self._left_out:
            found.append(Remark("watch.many-tags", {"most": MOST_TAGS}))
        return found

    # Reading on

    def poll(self, most: int) -> tuple[list[Item], int]:
        """What the first file with news says in at most so many bytes, and how many they were.

        No curve changes before `add`.
        """
        files = self._files.values()
        # Ranks tell of the same steps: neither is read far ahead of the others.
        for one in sorted(files, key=lambda file: file.offset) if self._ranks.expected else files:
            before, times = one.offset, one.replaced
            items = list(one.poll(most))
            if one.replaced != times:
                # What the run had measured is forgotten: the other files must tell theirs again.
                for other in self._files.values():
                    if other is not one:
                        other.rewind()
            if items or one.offset != before:
                return items, one.offset - (0 if one.replaced != times else before)
        return [], 0

    def finish(self) -> None:
        """Take the ends of all files as they are."""
        for one in self._files.values():
            self.add(one.finish())

    def add(self, items: Iterable[Item]) -> None:
        """Put points into their curves."""
        chosen = self._wishes.tags
        for item in items:
            if isinstance(item, Begun):
                self._forget(item.after)
                continue
            tag, step, value, written, held = item
            curve = self._known.get(tag)
            if not -FARTHEST_STEP <= step <= FARTHEST_STEP:
                self._far_steps += 1
                continue
            if curve is None:
                if chosen and tag not in chosen:
                    if len(self._unread) < NAMED_TAGS:
                        self._unread[tag] = None
                    continue
                curve = self._new(tag)
                if curve is None:
                    continue
            if held is None:
                curve.append(step, value, self._capacity)
            else:
                curve.add(step, step + held.size - 1, held, value, self._capacity)
            self.points += 1 if held is None else held.size
            if written is not None:
                self.written = written
        self.changes += 1

    def _forget(self, after: float) -> None:
        """Drop what was measured after a step, and the tags of which nothing is left."""
        for name, curve in list(self.curves.items()):
            curve.drop_after(after)
            if not len(curve):
                del self.curves[name]
        self._known = {tag: curve for tag, curve in self._known.items() if len(curve)}
        self.points = sum(curve.count for curve in self.curves.values())
        self.tags_changed += 1

    def _new(self, tag: str) -> StepCurve | None:
        """The curve of a tag that was not there yet; None where there are too many."""
        if len(self.curves) >= MOST_TAGS:
            self._left_out = True
            return None
        curve = self._known[tag] = self.curves.setdefault(printable(tag), StepCurve())
        self.tags_changed += 1
        room = ALL_BINS // len(self.curves)
        while self._capacity > max(room, LEAST_BINS):
            self._capacity //= 2
            for other in self.curves.values():
                other.shrink(self._capacity)
        return curve
