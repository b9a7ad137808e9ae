"""A live plot: it draws what it was last shown, when a line of it is asked for."""

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from tutor.tui.glyphs import UNICODE, Glyphs
from tutor.tui.plot.body import LINES, Part
from tutor.tui.plot.curves import PlotData, PlotSeries
from tutor.tui.plot.lines import dots_across, plot_lines

__all__ = ["Plot", "PlotData", "PlotSeries"]

KINDS = ("title", "axis", "band", *LINES, "level", "cursor", "note")


class Plot(Widget):
    """A plot of up to four series; `show` it other data as often as they change.

    Nothing is worked out before a line is drawn: a plot that cannot be seen costs nothing.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"plot--{kind}" for kind in KINDS}
    DEFAULT_CSS = """
    Plot {
        width: 1fr;
        height: 1fr;
        min-height: 4;
        &> .plot--title { text-style: bold; }
        &> .plot--axis { color: $text-muted; }
        &> .plot--band { color: $primary 50%; }
        &> .plot--mean { color: $text-primary; text-style: bold; }
        &> .plot--second { color: $text-warning; }
        &> .plot--third { color: $text-accent; }
        &> .plot--fourth { color: $foreground; }
        &> .plot--cursor { color: $text-muted; }
        &> .plot--level { color: $text-secondary; }
        &> .plot--note { color: $text-warning; text-style: bold; }
    }
    """

    def __init__(
        self,
        *,
        glyphs: Glyphs = UNICODE,
        language: str = "en",
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        """An empty plot."""
        super().__init__(id=id, classes=classes)
        self.data = PlotData()
        self.glyphs = glyphs
        self.language = language
        self._drawn: tuple[object, list[list[Part]]] = (None, [])
        self._styles: dict[str, Style] = {}

    @property
    def dots_across(self) -> int:
        """How many columns of dots there are: as many as the source should give."""
        return dots_across(self.content_size.width, self.glyphs)

    def show(self, data: PlotData) -> None:
        """Show other data; the same data again cost nothing."""
        if data != self.data:
            self.data = data
            self._draw_again()

    def set_language(self, language: str) -> None:
        """Speak another language."""
        self.language = language
        self._draw_again()

    def set_glyphs(self, glyphs: Glyphs) -> None:
        """Draw with another table of signs."""
        self.glyphs = glyphs
        self._draw_again()

    def _draw_again(self) -> None:
        self._drawn = (None, [])
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one line; the first one asked for draws the plot."""
        size = self.content_size
        if self._drawn[0] != size:
            lines = plot_lines(self.data, size.width, size.height, self.glyphs, self.language)
            self._drawn = (size, lines)
        segments = [Segment(part.text, self._style(part.kind)) for part in self._drawn[1][y]]
        return Strip(segments, size.width)

    def notify_style_update(self) -> None:
        """Forget the styles when the theme changes them."""
        self._styles.clear()
        super().notify_style_update()

    def _style(self, kind: str) -> Style:
        # Textual forgets its own copies at every refresh, and to find them again takes longer
        # than to draw the frame.
        if kind not in self._styles:
            named = kind != "space"
            style = self.get_component_rich_style(f"plot--{kind}") if named else self.rich_style
            self._styles[kind] = style
        return self._styles[kind]
