"""The plain dialogue: the same lesson, session and journal as the screen, line by line."""

import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tutor.course import session
from tutor.course.catalog import find
from tutor.course.load import load
from tutor.course.reply import typed
from tutor.course.round import Round
from tutor.course.worksheet import Worksheet
from tutor.learner import places
from tutor.learner.bookmark import Bookmark
from tutor.learner.journal import Journal
from tutor.practice import WORDS, practise


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TUTOR_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def talk(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    def said(lines: str, lesson: str = "softmax", language: str = "en", status: int = 0) -> str:
        monkeypatch.setattr("sys.stdin", io.StringIO(lines))
        assert practise(find(lesson), language) == status
        return capsys.readouterr().out

    return said


def test_sources_say_where_a_cell_of_the_answer_comes_from(talk) -> None:
    out = talk("sources 1\nsources dog\nsources\nnext\nsources\n", "softmax-regression")
    where = "dog comes from:\n  W: row dog\n  b: dog\n  x: all of it\n"
    assert out.count(where) == 2
    assert "sources 0 is the first, sources 2 the last" in out
    out = talk("下一步\n来源 \n", "softmax-regression", "zh")
    assert "这个数 来自：\n  E：全部\n" in out


def test_sources_are_for_answers_made_of_numbers(talk) -> None:
    out = talk("next\nnext\nnext\nnext\nsources 0\n", "softmax-regression")
    assert "This step asks for a choice" in out


def solutions(lesson_name: str) -> list[str]:
    """What answers every step of a lesson, a line each, typed row by row."""
    sheet = Worksheet(load(find(lesson_name)).lesson)
    lines = []
    for step in sheet.lesson.steps:
        value = sheet.truth(step).value
        cells = list(typed(sheet, step, value))
        if value.ndim == 3:
            rows = [cells[at : at + value.shape[2]] for at in range(0, len(cells), value.shape[2])]
            pages = [rows[at : at + value.shape[1]] for at in range(0, len(rows), value.shape[1])]
            lines.append(str(pages).replace("'", ""))
        elif value.ndim == 2:
            width = value.shape[1]
            rows = [" ".join(cells[at : at + width]) for at in range(0, len(cells), width)]
            lines.append("; ".join(rows))
        else:
            lines.append(" ".join(cells))
    return lines


@pytest.mark.parametrize(
    "lesson",
    ["softmax", "cross-entropy", "softmax-regression", "convolution", "pooling", "attention"],
)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_lesson_can_be_worked_to_its_end(talk, lesson: str, language: str) -> None:
    out = talk("\n\n".join(solutions(lesson)) + "\n\n", lesson, language)
    assert ("All steps are done" if language == "en" else "所有步骤都完成了") in out
    with Journal.open(places.journal_path()) as journal:
        (standing,) = journal.summary()
    assert standing.state == "finished"
    assert standing.finished == 1


def test_it_goes_on_where_it_was_left(talk) -> None:
    assert "Step 1 of" in talk("7.389 2.718 1.105\n\nquit\n")
    out = talk("quit\n")
    assert "Step 2 of" in out
    assert "7.389  2.718  1.105" in out


def test_rows_may_be_typed_one_a_line(talk) -> None:
    first = solutions("softmax-regression")
    matrix = next(place for place, line in enumerate(first) if line.count(";") == 2)
    rows = first[matrix].split("; ")
    lines = "\n\n".join(first[:matrix]) + "\n\n" + "\n".join(rows) + "\n"
    out = talk(lines, "softmax-regression")
    assert "Row 2 of 3:" in out
    assert out.count("Right.") == matrix + 1


def test_each_cell_that_is_not_right_is_named(talk) -> None:
    out = talk("7.389 2.7 5\nquit\n")
    assert "dog: 2.7: too coarse" in out
    assert "pig: 5: wrong" in out
    assert "1 of 3 cells wrong" in out


def test_what_cannot_be_read_is_asked_about(talk) -> None:
    out = talk("7,389 2,718 1,105\nquit\n")
    assert "wrong" not in out
    assert "Right" not in out


def test_hints_come_one_by_one_and_end(talk) -> None:
    out = talk("hint\n" * 5 + "quit\n")
    assert [f"Hint {number} of 4" in out for number in (1, 2, 3, 4)] == [True] * 4
    assert "begin with\n  E[0] = e^2 = 7.389" in out
    assert "no more hints" in out


def test_the_solution_is_shown_when_asked_twice(talk) -> None:
    assert "7.389" not in talk("solution\nno\nquit\n")
    out = talk("solution\nsolution\nquit\n")
    assert "The solution: [7.389, 2.718, 1.105]" in out


def test_the_calculator_knows_its_last_result(talk) -> None:
    out = talk("= exp(0.1)\n= ans * 2\n= softmax(1)\nquit\n")
    assert "1.105171" in out
    assert "2.210342" in out


def test_chinese_words_do_the_same(talk) -> None:
    out = talk("提示\n下一步\n上一步\n退出\n", language="zh")
    assert "提示 1/4" in out
    assert "第 2 步" in out
    assert "一切都已保存" in out


def test_the_end_of_the_input_ends_it(talk) -> None:
    assert "Step 1 of" in talk("")


def test_a_broken_lesson_says_its_mistakes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("id: broken\n", encoding="utf-8")
    assert practise(broken, "en") == 1
    assert "broken.yaml:1:" in capsys.readouterr().err


lines = st.one_of(
    st.sampled_from([word for word in WORDS if word != "quit"]),
    st.sampled_from(["", "0.5", "1 2 3", "7.389 2.718 1.105", "a", "b c", "= 1/3", "?", "x y"]),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n\r"), max_size=12),
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed_lines=st.lists(lines, max_size=25))
def test_whatever_is_typed_the_journal_replays_to_the_same_state(
    typed_lines: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Dialogue, journal and a second front end that takes the round up agree on the state."""
    lesson = load(find("softmax")).lesson
    ended: list[Round] = []
    resume = Bookmark.resume

    def keep(bookmark: Bookmark) -> Round:
        ended.append(resume(bookmark))
        return ended[-1]

    with monkeypatch.context() as patch, Journal.open(places.journal_path()) as journal:
        journal.erase()
        patch.setattr(Bookmark, "resume", keep)
        begin = Bookmark.begin
        patch.setattr(
            Bookmark, "begin", lambda mark, seed: ended.append(begin(mark, seed)) or ended[-1]
        )
        patch.setattr("sys.stdin", io.StringIO("\n".join(typed_lines) + "\n"))
        patch.setattr("sys.stdout", io.StringIO())
        assert practise(find("softmax"), "en") == 0
    with Journal.open(places.journal_path()) as journal:
        number = journal.latest_round("softmax")
        if number is None:
            return
        events = [
            session.from_payload(event["payload"]) for event in journal.events("softmax", number)
        ]
        worked = next(round for round in reversed(ended) if round.state.seed == events[0].seed)
        assert session.replayed(lesson, events) == worked.state
        assert Bookmark(journal, lesson, "softmax").resume().state == worked.state


def test_the_working_is_shown_once_the_step_is_done(talk) -> None:
    before = talk("working\nquit\n")
    assert "once the step is done" in before
    assert "e^2" not in before
    out = talk("7.389 2.718 1.105\nworking\nworking 1\nworking 9\nquit\n")
    assert "E = [e^2, e^1, e^0.1] = [7.389, 2.718, 1.105]" in out
    assert "E[1] = e^1 = 2.718" in out
    assert "working 0 is the first, working 2 the last" in out
    chinese = talk("算式\n过程 0\n退出\n", language="zh")
    assert "E = [e^2, e^1, e^0.1]" in chinese
    assert "E[0] = e^2 = 7.389" in chinese


def test_a_choice_has_no_working(talk) -> None:
    assert "the answer is chosen" in talk("next\n" * 4 + "working\nquit\n")


def test_the_learners_own_wrong_cell_stands_beside_the_working(talk) -> None:
    out = talk("7.389 2.9 1.105\nsolution\nsolution\nworking\nquit\n")
    assert "<- here yours differs: E[1] = 2.9" in out


def test_what_rests_on_a_wrong_answer_does_not_give_that_away(talk) -> None:
    out = talk("7.389 2.718 2.105\nnext\n12.212\nworking\nquit\n")
    assert "S = 7.389 + 2.718 + 2.105 = 12.212" in out
    assert "<- from here it rests on E, which is not right yet" in out
    assert "11.213" not in out
    assert "+ 1.105" not in out


def test_the_first_line_that_parts_is_marked(talk) -> None:
    sums = "7.389 2.718 2.105\nnext\n12.212\nback\n7.389 2.718 1.105\nnext\nnext\n"
    out = talk(sums + "0.605 0.223 0.090\nworking\nquit\n")
    right = "p = [7.389 / 11.213, 2.718 / 11.213, 1.105 / 11.213] = [0.659, 0.242, 0.099]"
    assert f"{right}\n  <- here yours differs: p[0] = 7.389 / 12.212 = 0.605" in out
