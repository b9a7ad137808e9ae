"""The order of tags in a list, and the one that is shown first."""

import re
from collections.abc import Sequence
from functools import lru_cache


def likeliest(tags: Sequence[str]) -> str | None:
    """The tag that one wants to see first: a loss, where there is one."""
    return next((tag for tag in tags if "loss" in tag.casefold()), tags[0] if tags else None)


@lru_cache(65_536)
def natural(tag: str) -> list[tuple[int, str]]:
    """A key that sorts layer2 before layer10."""
    parts = re.findall(r"\d+|\D+", tag)
    return [(int(part[:18]), "") if part.isdecimal() else (-1, part) for part in parts]
