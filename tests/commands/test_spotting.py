"""Spotting slips as a dialogue: the same exercise and the same journal as the screen."""

import io

import pytest
from msgspec.structs import replace

from tutor.cli import run
from tutor.course.catalog import find
from tutor.course.load import load
from tutor.course.reply import LETTERS
from tutor.course.spot import Spot
from tutor.learner import places
from tutor.learner.journal import Journal
from tutor.learner.spot_bookmark import Place, SpotBookmark
from tutor.messages import LANGUAGES, say
from tutor.spotting import spot_slips
from tutor.telling import precision_asked
from tutor.tui.spot.words import SpotWords


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("TUTOR_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def talk(monkeypatch, capsys):
    def said(*lines: str, lesson: str = "softmax", language: str = "en", seed=None) -> str:
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        assert spot_slips(find(lesson), language, seed) == 0
        return capsys.readouterr().out

    return said


def exercise(lesson: str = "softmax", seed: int = 1) -> Spot:
    return Spot(load(find(lesson)).lesson, seed)


def answers(one: Spot) -> list[str]:
    letter = LETTERS[one.exercise.choices.index(one.exercise.slip)]
    return [str(one.exercise.first_wrong + 1), letter, one.right_answer()]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("lesson", ["softmax", "convolution", "pooling", "attention"])
def test_three_right_answers_end_an_exercise_and_enter_gives_the_next(talk, lesson, language):
    one = exercise(lesson)
    out = talk(*answers(one), "", lesson=lesson, language=language)
    title = one.lesson.title.in_language(language)
    assert say("spot.title", language, lesson=title, seed=1) in out
    for worked in one.exercise.page:
        for line in worked.lines:
            assert line.split("\n")[0] in out
    line = one.exercise.first_wrong + 1
    assert say("spot.line-found", language, line=line) in out
    assert say("spot.slip-found", language, slip=SpotWords(one, language).made_slip()) in out
    assert say(f"slip.{one.exercise.slip}", language, at="") in out
    assert say("spot.corrected", language) in out
    assert say("spot.ask-done", language) in out
    for row in one.exercise.right_lines[-1].split("\n"):
        assert row in out
    assert say("spot.title", language, lesson=title, seed=2) in out


def test_the_answer_is_not_given_away_before_it_is_found(talk):
    one = exercise()
    out = talk("1", "hint")
    assert one.exercise.right_lines[-1] not in out
    assert say(f"slip.{one.exercise.slip}", "en", at="") not in out


def test_hints_are_the_formulas_of_the_page_then_of_the_step(talk):
    one = exercise()
    every = [worked.step.formula for worked in one.exercise.page]
    out = talk("hint").split("> ", 1)[1]
    assert all(formula in out for formula in every)
    out = talk(str(one.exercise.first_wrong + 1), "提示", "hint").split("> ")[-2]
    assert one.exercise.step.formula in out
    assert f"{every[0]}\n" not in out


@pytest.mark.parametrize(
    ("word", "language"), [("solution", "en"), ("答案", "zh"), ("solution", "zh")]
)
def test_whoever_gives_up_asks_twice_and_goes_on_with_the_next_question(talk, word, language):
    one = exercise()
    line, _, right = answers(one)
    shown = [
        say("spot.shown-line", language, line=line),
        say("spot.shown-slip", language, slip=SpotWords(one, language).made_slip()),
        say("spot.shown-correct", language, answer=right),
    ]
    asked = talk(word, "hint", word, language=language)
    assert asked.count(say("spot.solution-sure", language)) == 2
    assert shown[0] not in asked
    out = talk(word, word, word, word, language=language)
    assert out.index(shown[0]) < out.index(shown[1])
    assert shown[2] not in out
    # What was shown is kept: the exercise goes on with its last question.
    out = talk(word, "1 2 3 4 5 6 7", word, word, "", language=language)
    assert out.count(say("spot.solution-sure", language)) == 2
    assert shown[2] in out
    assert one.exercise.right_lines[-1] in out
    assert say("spot.title", language, seed=2, lesson=one.lesson.title.in_language(language)) in out


@pytest.mark.parametrize(
    ("words", "language"),
    [(("next", "quit"), "en"), (("下一题", "退出"), "zh"), (("next", "quit"), "zh")],
)
def test_words_work_in_both_languages(talk, words, language):
    out = talk(*words, "1", language=language)
    assert say("spot.title", language, lesson=exercise().lesson.title.in_language(language),
               seed=2) in out  # fmt: skip
    assert out.rstrip().endswith(say("command.kept", language))


def test_an_exercise_goes_on_where_it_was_left_and_a_finished_one_is_followed_by_the_next(talk):
    one = exercise()
    line, letter, right = answers(one)
    talk(line)
    out = talk()
    assert say("spot.ask-slip", "en", line=line) in out
    assert say("spot.ask-line", "en", count=one.exercise.line_count) not in out
    talk(letter, right)
    assert "exercise 2" in talk()


def test_only_to_look_leaves_no_trace_and_the_progress_of_the_lesson_is_its_own(talk):
    def rounds() -> list[str]:
        with Journal.open(places.journal_path()) as journal:
            assert journal.summary() == []
            return [event["kind"] for event in journal.latest_events("softmax#spot")]

    talk("hint", "next", "nothing", "quit")
    assert rounds() == []
    talk(*answers(exercise())[:1])
    assert rounds() == ["spot-began", "spot-answered"]


def test_a_seed_begins_that_exercise(talk):
    talk("1")
    assert "exercise 7" in talk(seed=7)


def test_a_journal_of_another_version_begins_anew(home):
    with Journal.open(places.journal_path()) as journal:
        journal.begin_round("softmax#spot", "spot-dreamt", {"type": "spot-dreamt"})
        bookmark = SpotBookmark(journal, load(find("softmax")).lesson, "softmax")
        assert bookmark.latest() == Place(1)


def test_the_command_has_the_option(monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.StringIO("quit\n"))
    with pytest.raises(SystemExit) as ended:
        run(["practice", "softmax", "--spot", "--seed", "3"])
    assert not ended.value.code
    assert "Spot the slip: Softmax, exercise 3" in capsys.readouterr().out


def test_a_lesson_of_which_no_exercise_can_be_made_says_so(tmp_path, capsys):
    file = tmp_path / "only-a-choice.yaml"
    file.write_text(
        "id: only-a-choice\norder: 1\ntitle: {en: t, zh: t}\nsummary: {en: t, zh: t}\n"
        "story: {en: t, zh: t}\nsteps:\n  - id: one\n    title: {en: t, zh: t}\n"
        "    prompt: {en: t, zh: t}\n    kind: choice\n    formula: '0'\n"
        "    options: [{en: a, zh: a}, {en: b, zh: b}]\n"
    )
    assert spot_slips(file, "en") == 1
    assert say("spot.none", "en") in capsys.readouterr().err


@pytest.mark.parametrize(
    ("asked", "words"),
    [({"decimals": 1}, "1 decimal"), ({"decimals": 2}, "2 decimals"),
     ({"figures": 1}, "1 significant figure")],
)  # fmt: skip
def test_one_decimal_is_one(asked, words):
    lesson = load(find("softmax")).lesson
    assert precision_asked(lesson, replace(lesson.steps[1], **asked), "en") == words
