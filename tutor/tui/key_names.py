"""What keys are called, and what they do, in the footer and in the help."""

from textual.binding import Binding
from textual.keys import format_key

from tutor.messages import say

PRINTED = {
    "backspace": "Backspace",
    "delete": "Del",
    "end": "End",
    "enter": "Enter",
    "escape": "Esc",
    "home": "Home",
    "pagedown": "PageDown",
    "pageup": "PageUp",
    "tab": "Tab",
}
"""What is printed on keyboards of every language."""

ARROWS = ("up", "down", "left", "right", "space")
"""Keys with a word of their own in each language."""


def key_name(binding: Binding, language: str) -> str:
    """The key of a binding as a learner would look for it: `Ctrl+Z`, `F3`, `Esc`, `=`."""
    if binding.key_display:
        return binding.key_display
    modifiers, key = binding.parse_key()
    if key in ARROWS:
        name = say(f"screen.name-{key}", language)
    else:
        name = PRINTED.get(key) or format_key(key)
        name = name.upper() if (len(name) == 1 and modifiers) or is_function_key(name) else name
    return "+".join([*(modifier.capitalize() for modifier in modifiers), name])


def explained(
    keys: str, action: str, name: str, *, show: bool = True, priority: bool = False
) -> Binding:
    """A binding with a word for the footer (`key-...`) and a sentence for the help (`about-...`).

    Its id is what a list of remapped keys would call it.
    """
    return Binding(
        keys, action, f"screen.key-{name}", tooltip=f"screen.about-{name}", show=show,
        priority=priority, id=f"screen.{name}",
    )  # fmt: skip


def is_function_key(name: str) -> bool:
    """Whether a key is one of F1, F2 ..."""
    return name[:1] == "f" and name[1:].isdigit()
