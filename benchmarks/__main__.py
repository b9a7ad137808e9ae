"""`python -m benchmarks [name ...]`: measure, and print one table.

Every module of this folder with a function `measure() -> list[Row]` takes part. The exit status
is 1 when a bar is not kept; on a machine that does other work, measure again before you worry.
"""

import importlib
import pkgutil
import sys
from collections.abc import Iterable, Iterator

import benchmarks
from benchmarks.rows import Row

HEAD = ("", "median", "baseline", "ratio", "bar", "")


def names() -> list[str]:
    found = {module.name for module in pkgutil.iter_modules(benchmarks.__path__)}
    return sorted(found - {"__main__", "rows"})


def measured(chosen: Iterable[str]) -> Iterator[Row]:
    for name in chosen:
        print(f"measuring {name} ...", file=sys.stderr, flush=True)
        yield from importlib.import_module(f"benchmarks.{name}").measure()


def cells(row: Row) -> tuple[str, ...]:
    return (
        row.name,
        f"{row.median:.4g} {row.unit}",
        "" if row.baseline is None else f"{row.baseline:.4g} {row.unit}",
        "" if row.ratio is None else f"{row.ratio:.3g} x",
        row.bar,
        "" if not row.bar else "kept" if row.kept else "NOT KEPT",
    )


def table(rows: Iterable[Row]) -> str:
    lines = [HEAD, *map(cells, rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if at in (0, 4, 5) else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def main(chosen: list[str]) -> int:
    if unknown := set(chosen) - set(names()):
        print(f"no such measurement: {', '.join(sorted(unknown))}. There are: {', '.join(names())}")
        return 2
    rows = list(measured(chosen or names()))
    print(table(rows))
    return 0 if all(row.kept for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
