"""The answer grid as it is used: keys, mouse and pastes in; texts, messages and the screen out."""

import random

import pytest
from rich.cells import cell_len
from textual import events
from textual.geometry import Offset
from textual.widgets import Footer, Input

from tests.tui.grid_app import MOVES, GridApp, lines, numbers, paste, press, until
from tutor.tui.answering import block_rows
from tutor.tui.glyphs import ASCII
from tutor.tui.grid.grid import MatrixGrid


async def test_typing_and_enter_fill_the_cells_one_after_the_other():
    app = GridApp(MatrixGrid((2, 2)))
    async with app.run_test() as pilot:
        await press(pilot, "0.1", "enter", "-2", "enter", "3", "enter", "1/3")
        assert app.shown_grid() == lines("""
            ⎡    0.1      -2  ⎤
            ⎣      3  1/3     ⎦
        """)
        assert app.grid.texts == ("0.1", "-2", "3", "")
        assert not app.heard(MatrixGrid.Submitted)
        await press(pilot, "enter")
        assert app.grid.texts == ("0.1", "-2", "3", "1/3")
        assert len(app.heard(MatrixGrid.Submitted)) == 1
        assert app.changes() == [(0, "0.1"), (1, "-2"), (2, "3"), (3, "1/3")]


async def test_enter_goes_to_the_next_empty_cell_and_round_to_the_first():
    app = GridApp(MatrixGrid((1, 4), texts=["", "2", "", "4"]))
    async with app.run_test() as pilot:
        await press(pilot, "right", "enter")
        assert app.grid.current == 2
        await press(pilot, "3", "enter")
        assert app.grid.current == 0
        await press(pilot, "enter")
        assert app.refusals() == ["This cell is still empty."]


async def test_arrows_stop_at_the_edges_and_home_and_end_go_there():
    app = GridApp(MatrixGrid((3, 3)))
    async with app.run_test() as pilot:
        for keys, cell in [
            (["up", "left"], 0),
            (["right", "down"], 4),
            (["end"], 5),
            (["right"], 5),
            (["home"], 3),
            (["ctrl+end"], 8),
            (["down"], 8),
            (["ctrl+home"], 0),
        ]:
            await press(pilot, *keys)
            assert app.grid.current == cell, keys


async def test_arrows_cross_from_one_channel_to_the_next_where_it_stands():
    stacked = GridApp(MatrixGrid((2, 2, 3)))
    async with stacked.run_test() as pilot:
        assert stacked.shown_grid()[0] == "channel 0"
        assert stacked.shown_grid()[3] == "channel 1"
        await press(pilot, "down", "down")
        assert stacked.grid.current == 6
        await press(pilot, "pageup", "right", "pagedown")
        assert stacked.grid.current == 7
    beside = GridApp(MatrixGrid((2, 2, 2)))
    async with beside.run_test() as pilot:
        assert beside.shown_grid()[0] == "channel 0             channel 1"
        await press(pilot, "right", "right", "down", "down")
        assert beside.grid.current == 6


async def test_tab_leaves_the_grid_with_one_key_and_keeps_what_was_typed():
    app = GridApp(MatrixGrid((2, 2)))
    async with app.run_test() as pilot:
        await press(pilot, "0.5", "tab")
        assert isinstance(app.focused, Input)
        assert app.grid.texts[0] == "0.5"
        await press(pilot, "shift+tab")
        assert app.focused is app.grid


async def test_typing_replaces_and_then_arrows_move_on():
    app = GridApp(MatrixGrid((1, 3), texts=["0.1"]))
    async with app.run_test() as pilot:
        await press(pilot, "25", "right", "3", "down", "left")
        assert app.grid.texts == ("25", "3", "")
        assert app.grid.current == 0


async def test_f2_edits_inside_the_text():
    app = GridApp(MatrixGrid((1, 3), texts=["0.154"]))
    async with app.run_test() as pilot:
        await press(pilot, "f2", "left", "left", "7", "delete", "home", "-", "end", "backspace")
        assert app.shown_grid() == ["[ -0.17   ______  ______  ]"]
        assert app.grid.texts[0] == "0.154"
        await press(pilot, "enter")
        assert app.grid.texts[0] == "-0.17"


async def test_escape_brings_the_old_text_back_and_only_then_belongs_to_the_screen():
    app = GridApp(MatrixGrid((1, 2), texts=["0.154"]))
    left: list[bool] = []
    app.board.action_leave = lambda: left.append(True)
    async with app.run_test() as pilot:
        app.board._bindings.bind("escape", "leave")
        await press(pilot, "9", "escape")
        assert app.grid.texts[0] == "0.154"
        assert left == []
        await press(pilot, "escape")
        assert left == [True]


def read_rows(text: str) -> list[list[str]] | str | None:
    return block_rows(text, "en")


async def test_several_numbers_typed_into_a_cell_fill_the_cells_from_there_on():
    app = GridApp(MatrixGrid((2, 3), read_block=read_rows))
    async with app.run_test() as pilot:
        await press(pilot, "0.3 0.2 -1", "enter")
        assert app.grid.texts == ("0.3", "0.2", "-1", "", "", "")
        assert app.grid.current == 3
        await press(pilot, "[[1,2,3];[4,5,6]]", "right")
        # Two rows do not fit from there: the cell keeps what was typed.
        assert app.grid.texts[3] == "[[1,2,3];[4,5,6]]"
        await press(pilot, "ctrl+z", "ctrl+z")
        assert app.grid.texts == ("", "", "", "", "", "")
        await press(pilot, "home", "up", "[[1,2,3];[4,5,6]]", "enter")
        assert app.grid.texts == ("1", "2", "3", "4", "5", "6")


async def test_a_blank_wipes_nothing_out_and_keys_of_the_screen_are_not_typed():
    app = GridApp(MatrixGrid((1, 2), texts=["0.154"], read_block=read_rows))
    async with app.run_test() as pilot:
        await press(pilot, " =?？")
        assert not app.grid.editing
        await press(pilot, "1 /3=", "enter")
        assert app.grid.texts[0] == "1 /3"


async def test_delete_clears_and_undo_and_redo_go_back_and_forth():
    app = GridApp(MatrixGrid((1, 3), texts=["1", "2"]))
    async with app.run_test() as pilot:
        await press(pilot, "delete", "right", "5", "enter", "backspace")
        assert app.grid.texts == ("", "5", "")
        await press(pilot, "left", "left", "4", "left")
        for texts in [("", "5", ""), ("", "2", ""), ("1", "2", "")]:
            await press(pilot, "ctrl+z")
            assert app.grid.texts == texts
        await press(pilot, "ctrl+z")
        assert app.refusals() == ["There is nothing to undo."]
        for texts in [("", "2", ""), ("", "5", ""), ("4", "5", "")]:
            await press(pilot, "ctrl+y")
            assert app.grid.texts == texts
        assert app.shown_grid() == ["[      4       5  ______  ]"]
        assert app.changes()[-1] == (0, "4")


async def test_undo_of_an_open_edit_drops_the_edit():
    app = GridApp(MatrixGrid((1, 2), texts=["1"]))
    async with app.run_test() as pilot:
        await press(pilot, "77", "ctrl+z")
        assert not app.grid.editing
        assert app.grid.texts[0] == "1"


@pytest.mark.parametrize(
    "text",
    ["1 2\n3 4", "1\t2\n3\t4\n", "[[1, 2], [3, 4]]", "1, 2; 3, 4", "[1 2;\r\n 3 4]"],
)
async def test_a_pasted_block_fills_from_the_current_cell(text):
    app = GridApp(MatrixGrid((3, 3)))
    async with app.run_test() as pilot:
        await press(pilot, "right", "down")
        await paste(pilot, text)
        assert app.grid.texts == ("", "", "", "", "1", "2", "", "3", "4")
        assert app.changes() == [(4, "1"), (5, "2"), (7, "3"), (8, "4")]
        await press(pilot, "ctrl+z")
        assert not any(app.grid.texts)


async def test_a_block_that_does_not_fit_changes_nothing_not_even_the_edit():
    app = GridApp(MatrixGrid((2, 2), texts=["1", "2", "3", "4"]))
    async with app.run_test() as pilot:
        await press(pilot, "right", "9")
        await paste(pilot, "5 6\n7 8")
        await paste(pilot, "5 6\n7")
        assert app.grid.editing
        await press(pilot, "escape")
        assert app.grid.texts == ("1", "2", "3", "4")
        assert app.refusals() == [
            "2 x 2 pasted numbers do not fit: from this cell on there is room for 2 x 1. "
            "Nothing was changed.",
            "The rows pasted are not equally long: row 2 has 1, the first row 2.",
        ]


async def test_one_pasted_number_goes_into_the_edit_also_with_its_newline():
    app = GridApp(MatrixGrid((1, 2), texts=["9"]))
    async with app.run_test() as pilot:
        await press(pilot, "0.")
        await paste(pilot, "154\n")
        assert app.grid.editing
        await press(pilot, "enter")
        assert app.grid.texts[0] == "0.154"


async def test_a_column_pasted_into_a_row_vector_lies_down():
    app = GridApp(MatrixGrid((3,)))
    async with app.run_test() as pilot:
        await paste(pilot, "1\n2\n3\n")
        assert app.grid.texts == ("1", "2", "3")


async def test_whole_channels_are_pasted_one_below_the_other():
    app = GridApp(MatrixGrid((2, 2, 2)))
    async with app.run_test() as pilot:
        await paste(pilot, "[[[1 2] [3 4]]\n [[5 6] [7 8]]]")
        assert app.grid.texts == tuple("12345678")


async def test_pastes_are_read_by_what_the_screen_gives():
    answers = iter([[["1", "2"]], "That is not a matrix.", None])
    app = GridApp(MatrixGrid((1, 2), read_block=lambda text: next(answers)))
    async with app.run_test() as pilot:
        await paste(pilot, "whatever")
        assert app.grid.texts == ("1", "2")
        await paste(pilot, "whatever")
        assert app.refusals() == ["That is not a matrix."]
        await paste(pilot, "exp(0.48)/3")
        await press(pilot, "enter")
        assert app.grid.texts == ("exp(0.48)/3", "2")


async def test_a_paste_without_an_end_is_refused_and_a_blank_one_too():
    app = GridApp(MatrixGrid((1, 2)))
    async with app.run_test() as pilot:
        await paste(pilot, "1 " * 6000)
        await paste(pilot, " \n\t\n")
        await paste(pilot, "1" * 201)
        assert app.refusals() == [
            "That is too much to paste: 12000 characters, at most 10000.",
            "There is nothing to paste in there.",
        ]
        await press(pilot, "2")
        assert app.refusals()[2:] == ["A cell holds at most 200 characters."]


async def test_a_number_is_one_field_whose_arrows_walk_through_the_text():
    app = GridApp(MatrixGrid((), texts=["0.5"]))
    async with app.run_test() as pilot:
        assert app.shown_grid() == ["[ 0.5                           ]"]
        await press(pilot, "left", "left", "7")
        await paste(pilot, "1 2\n3")
        await press(pilot, "enter")
        assert app.grid.texts == ("0.71 2 35",)
        assert len(app.heard(MatrixGrid.Submitted)) == 1


async def test_marks_stand_beside_the_numbers_and_go_when_the_number_changes():
    app = GridApp(MatrixGrid((2, 3), texts=["0.154", "0.2", "1", "0.15", "x"], language="en"))
    async with app.run_test() as pilot:
        app.grid.show_marks(["right", "wrong", "follows", "coarse", "unreadable", "blank"])
        await press(pilot, "right")
        assert app.shown_grid() == lines("""
            ⎡  0.154✓    0.2✗      1↳ ⎤
            ⎣   0.15~      x? ______◦ ⎦
        """)
        assert app.grid.describe_current() == "row 0, column 1: 0.2, wrong"
        await press(pilot, "0.3", "down", "down")
        assert app.shown_grid()[0] == "⎡  0.154✓    0.3       1↳ ⎤"
        assert app.grid.describe_current() == "row 1, column 1: x, could not be read"
        await press(pilot, "up", "ctrl+z")
        assert app.shown_grid()[0] == "⎡  0.154✓    0.2       1↳ ⎤"
        with pytest.raises(ValueError, match="6 marks"):
            app.grid.show_marks(["right"])


async def test_all_is_told_by_signs_alone_in_ascii_and_without_colour(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    app = GridApp(MatrixGrid((1, 3), texts=["0.154", "0.2", "1"], glyphs=ASCII))
    async with app.run_test() as pilot:
        app.grid.show_marks(["right", "wrong", "follows"])
        await press(pilot, "right")
        assert app.shown_grid() == ["[  0.154v    0.2x      1> ]"]
        assert app.shown_grid()[0].isascii()
        styles = {
            segment.text.strip(): segment.style for segment in app.grid.render_line(0) if segment
        }
        assert styles["0.2"].reverse
        assert not styles["0.154"].reverse


async def test_lit_cells_differ_also_without_colour():
    app = GridApp(MatrixGrid((1, 3), texts=["1", "2", "3"]))
    async with app.run_test() as pilot:
        app.grid.light([1, 2])
        await pilot.pause()
        underlined = [
            segment.text.strip()
            for segment in app.grid.render_line(0)
            if segment.style and segment.style.underline and segment.text.strip()
        ]
        assert underlined == ["2", "3"]


async def test_a_click_moves_and_a_double_click_edits():
    app = GridApp(MatrixGrid((2, 3), texts=list(numbers(6))))
    async with app.run_test() as pilot:
        x, y = app.grid.sheet.place(4)
        await pilot.click(app.grid, offset=(x, y))
        assert (app.grid.current, app.grid.editing) == (4, False)
        x, y = app.grid.sheet.place(2)
        await pilot.double_click(app.grid, offset=(x + 5, y))
        assert (app.grid.current, app.grid.editing) == (2, True)
        await press(pilot, "7")
        await pilot.click(app.grid, offset=(0, 0))
        assert (app.grid.current, app.grid.editing) == (2, True)
        await pilot.click(app.grid, offset=app.grid.sheet.place(0))
        assert app.grid.texts[2] == "0.0027"


async def test_eight_by_eight_is_used_through_a_window_of_columns():
    app = GridApp(MatrixGrid((8, 8), texts=list(numbers(64))))
    async with app.run_test(size=(80, 24)) as pilot:
        assert app.shown_grid()[1] == "⎢  0.008   0.009   0.010   0.011   0.012  >"
        await press(pilot, *["right"] * 5)
        assert app.shown_grid()[1] == "<  0.009   0.010   0.011   0.012   0.013  >"
        await press(pilot, "end", "down")
        assert app.shown_grid()[1] == "<  0.011   0.012   0.013   0.014   0.015  ⎥"
        await press(pilot, "home")
        assert app.shown_grid()[1] == "⎢  0.008   0.009   0.010   0.011   0.012  >"
        app.board.query_one("VerticalScroll").styles.width = 76
        await pilot.pause()
        assert app.shown_grid()[1].endswith("0.014   0.015  ⎥")
        assert app.shown_grid()[1].startswith("⎢  0.008")


async def test_a_low_grid_scrolls_its_lines_with_the_cursor_and_with_the_wheel():
    grid = MatrixGrid((8, 2), texts=list(numbers(16)))
    grid.styles.height = 3
    app = GridApp(grid)
    async with app.run_test() as pilot:
        assert app.shown_grid()[0].startswith("⎡  0.000")
        await press(pilot, *["down"] * 4)
        assert [line[:8] for line in app.shown_grid()] == ["⎢  0.004", "⎢  0.006", "⎢  0.008"]
        await pilot._post_mouse_events([events.MouseScrollUp], grid)
        assert app.shown_grid()[0].startswith("⎢  0.002")
        await press(pilot, "ctrl+end")
        assert app.shown_grid()[2].startswith("⎣  0.014")


async def test_long_texts_show_their_end_while_typed_and_are_cut_after():
    app = GridApp(MatrixGrid((1, 2)))
    async with app.run_test() as pilot:
        await press(pilot, "1.616/10.49345")
        assert app.shown_grid() == ["[ ⋯16/10.49345  ______  ]"]
        await press(pilot, "enter")
        assert app.shown_grid() == ["[ 1.616/10.49⋯  ______  ]"]
        assert app.grid.texts[0] == "1.616/10.49345"


async def test_full_width_signs_take_two_cells():
    app = GridApp(MatrixGrid((1, 2), column_labels=["概率", "p"], row_labels=["猫"]))
    async with app.run_test() as pilot:
        await press(pilot, "０．５", "left")
        assert app.shown_grid() == ["       概率       p", "猫 [ ０．５  ______  ]"]
        assert {cell_len(line) for line in app.shown_grid()} == {
            cell_len("猫 [ 123456  123456  ]"),
            19,
        }


async def test_the_terminals_cursor_follows_the_caret_also_when_the_pane_scrolls():
    app = GridApp(MatrixGrid((8, 2)), lines_above=8, pane=(46, 12))
    async with app.run_test() as pilot:

        def place(cell):
            x, y = app.grid.sheet.place(cell)
            return app.grid.content_region.offset + Offset(x, y)

        await press(pilot, "down", "right")
        assert await until(pilot, lambda: app.cursor_position == place(3))
        await press(pilot, "0.1")
        assert await until(pilot, lambda: app.cursor_position == place(3) + Offset(3, 0))
        await press(pilot, "ctrl+end")
        assert await until(pilot, lambda: app.cursor_position == place(15))
        assert await until(pilot, lambda: app.cursor_position.y < 12)
        before = app.cursor_position
        await pilot.resize_terminal(60, 20)
        app.board.lines_above_shown.display = False
        assert await until(pilot, lambda: place(15) != before)
        assert await until(pilot, lambda: app.cursor_position == place(15))


async def test_the_footer_speaks_the_language_at_once():
    app = GridApp(MatrixGrid((2, 2, 2)))
    async with app.run_test() as pilot:
        await pilot.pause()
        footer = app.board.query_one(Footer)
        assert "Check" in app.shown()[footer.region.y]
        app.board.set_language("zh")
        app.grid.set_language("zh")
        await pilot.pause()
        assert "检查" in app.shown()[footer.region.y]
        assert app.shown_grid()[0].startswith("通道 0")
        assert app.grid.describe_current() == "通道 0，第 0 行，第 0 列：空"


async def test_what_is_typed_outlives_a_look_at_another_window():
    app = GridApp(MatrixGrid((1, 2)))
    async with app.run_test() as pilot:
        await press(pilot, "0.1")
        app.app_focus = False
        await pilot.pause()
        app.app_focus = True
        await pilot.pause()
        await press(pilot, "5", "enter")
        assert app.grid.texts[0] == "0.15"


KEYS = [
    *"0123456789.-e/",
    *["left", "right", "up", "down", "home", "end", "enter", "delete", "backspace", "escape"],
    *["ctrl+z", "ctrl+home", "ctrl+end"],
]


class Reference:
    """The same rules in the plainest way: whole copies to undo, and typing only, without F2."""

    def __init__(self, rows: int, columns: int) -> None:
        self.rows, self.columns = rows, columns
        self.texts = [""] * (rows * columns)
        self.at = 0
        self.typed: str | None = None
        self.past: list[tuple[list[str], list[str]]] = []

    def put(self, text: str) -> None:
        if text != self.texts[self.at]:
            after = [*self.texts]
            after[self.at] = text
            self.past.append((self.texts, after))
            self.texts = after

    def commit(self) -> None:
        if self.typed is not None:
            self.put(self.typed.strip())
        self.typed = None

    def undo(self) -> None:
        if self.typed is not None:
            self.typed = None
        elif self.past:
            before, after = self.past.pop()
            self.texts = before
            self.at = next(i for i, text in enumerate(before) if text != after[i])

    def press(self, key: str) -> None:
        row, column = divmod(self.at, self.columns)
        if len(key) == 1:
            self.typed = (self.typed or "") + key
        elif key == "escape":
            self.typed = None
        elif key == "ctrl+z":
            self.undo()
        elif key in ("delete", "backspace"):
            if self.typed is None:
                self.put("")
            elif key == "backspace":
                self.typed = self.typed[:-1]
        else:
            self.commit()
            if key == "enter":
                empty = [i for i, text in enumerate(self.texts) if not text]
                later = [i for i in empty if i > self.at]
                self.at = (later or empty or [self.at])[0]
                return
            row += {"up": -1, "down": 1}.get(key, 0)
            column += {"left": -1, "right": 1}.get(key, 0)
            column = {"home": 0, "end": self.columns - 1}.get(key, column)
            if key in ("ctrl+home", "ctrl+end"):
                row, column = (0, 0) if key == "ctrl+home" else (self.rows - 1, self.columns - 1)
            row = min(max(row, 0), self.rows - 1)
            self.at = row * self.columns + min(max(column, 0), self.columns - 1)


@pytest.mark.parametrize("seed", [1, 2])
async def test_a_thousand_random_keys_agree_with_the_plainest_model(seed):
    choose = random.Random(seed)
    reference = Reference(5, 6)
    app = GridApp(MatrixGrid((5, 6)), pane=(40, 4))
    async with app.run_test() as pilot:
        for _ in range(50):
            keys = choose.choices(KEYS, k=20)
            for key in keys:
                reference.press(key)
            await press(pilot, *keys)
            assert app.grid.texts == tuple(reference.texts), keys
            assert app.grid.current == reference.at, keys
            assert app.grid.in_view(app.grid.current)
            typed = reference.typed
            assert (app.grid.draft.edit and app.grid.draft.edit.text) == typed, keys


async def test_random_keys_mouse_pastes_and_sizes_never_leave_a_stale_line():
    choose = random.Random(3)
    keys = [*KEYS, "f2", "tab", "shift+tab", "pageup", "pagedown", "ctrl+y", " ", "x"]
    app = GridApp(MatrixGrid((2, 4, 6), texts=["", "12345678901234"]))

    def nothing_stale():
        kept = app.grid.render_lines(app.grid.size.region)
        app.grid._styles_cache.clear()
        fresh = app.grid.render_lines(app.grid.size.region)
        width = app.grid.size.width
        return kept == fresh and all(strip.cell_length == width for strip in fresh)

    async with app.run_test() as pilot:
        for _ in range(20):
            await press(pilot, *choose.choices(keys, k=40))
            await paste(pilot, choose.choice(["1 2\n3 4", "7", "\n", "1\t\t3", "9 " * 50]))
            await press(pilot, *choose.choices(MOVES, k=3))
            await pilot.click(app.grid, offset=(choose.randint(0, 30), choose.randint(0, 8)))
            assert nothing_stale()
            app.board.query_one("VerticalScroll").styles.width = choose.randint(9, 80)
            await pilot.pause()
            assert nothing_stale()
