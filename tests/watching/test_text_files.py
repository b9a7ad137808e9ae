"""Tables, JSON lines and our own events: what is read, what is passed over and told."""

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.watching.written import event, fed, plain, remarks
from tutor.training.curves import Bin
from tutor.watching.csv_rows import RowReader
from tutor.watching.json_lines import ObjectReader
from tutor.watching.lab_lines import LabReader
from tutor.watching.lines import LONGEST
from tutor.watching.points import Begun, Remark, Wishes
from tutor.watching.recognise import ENOUGH, recognised

READERS = {"csv": RowReader, "jsonl": ObjectReader, "lab": lambda wishes: LabReader()}


def points(reader, text):
    items = reader.feed(text.encode() if isinstance(text, str) else text)
    return [(one.tag, one.step, one.value) for one in items]


def table(text, **wishes):
    return points(RowReader(Wishes(**wishes)), text)


def objects(text, **wishes):
    return points(ObjectReader(Wishes(**wishes)), text)


# Tables


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_columns_of_numbers_are_tags_and_a_column_counts_the_steps(separator):
    rows = ["epoch,step,loss,name", "0,10,0.5,a", "0,20,0.25,b", ""]
    found = table("\n".join(rows).replace(",", separator))
    assert found == [
        ("epoch", 10, 0), ("loss", 10, 0.5), ("epoch", 20, 0), ("loss", 20, 0.25),
    ]  # fmt: skip


def test_the_column_of_steps_can_be_chosen_and_the_tags_too():
    text = "step,time,loss,accuracy\n1,100,0.5,0.9\n"
    assert table(text, x="time", tags=("loss",)) == [("loss", 100, 0.5)]
    reader = RowReader(Wishes(x="tim"))
    assert points(reader, text)[1:] == [("time", 0, 100), ("loss", 0, 0.5), ("accuracy", 0, 0.9)]
    assert remarks(reader) == {"no-column": {"name": "tim", "known": "step, time, loss, accuracy"}}


def test_without_a_column_of_steps_rows_are_counted():
    assert table("loss\n3\n2\n") == [("loss", 0, 3), ("loss", 1, 2)]
    assert table("0.5,7\n0.25,8\n") == [("1", 0, 0.5), ("2", 0, 7), ("1", 1, 0.25), ("2", 1, 8)]


def test_cells_without_a_number_are_no_points_and_odd_numbers_are():
    found = table("step,a,b\n1,,0.5\n2,nan,-inf\n3,word,1e3\n")
    assert [one[:2] for one in found] == [("b", 1), ("a", 2), ("b", 2), ("b", 3)]
    assert math.isnan(found[1][2])
    assert found[2][2] == -math.inf


def test_quotes_comments_byte_order_marks_and_decimal_commas():
    assert table('\ufeff"step","loss, mean"\r\n"1","0.5"\r\n') == [("loss, mean", 1, 0.5)]
    assert table("# made by hand\nstep;loss\n1;0,5\n") == [("loss", 1, 0.5)]


def test_ragged_and_unreadable_rows_are_counted_and_told():
    reader = RowReader(Wishes())
    text = "step,loss\n1,0.5\n2\n3,0.4,9\nx,0.3\n5,word\n\nstep,loss\n6,0.2\n"
    assert points(reader, text) == [("loss", 1, 0.5), ("loss", 6, 0.2)]
    assert remarks(reader) == {
        "ragged-rows": {"count": 2, "at": 3},
        "bad-rows": {"count": 2, "at": 5},
    }


# JSON lines


def test_numbers_within_objects_are_tags_with_points_in_their_names():
    line = {"step": 4, "train": {"loss": 0.5, "deep": {"x": 1}}, "ok": True, "name": "n", "l": [1]}
    assert objects(json.dumps(line) + "\n") == [("train.loss", 4, 0.5), ("train.deep.x", 4, 1)]
    assert objects('{"a": {"step": 7, "b": 2}}\n', x="a.step", tags=("a.b",)) == [("a.b", 7, 2)]


def test_what_python_writes_for_odd_numbers_is_read():
    found = objects('{"step": 1, "a": NaN, "b": -Infinity, "c": "nan", "d": null}\n')
    assert [one[0] for one in found] == ["a", "b", "c"]
    assert math.isnan(found[0][2]) and found[1][2] == -math.inf and math.isnan(found[2][2])


def test_the_time_of_a_line_is_its_time_where_it_is_one():
    (_, loss) = ObjectReader(Wishes()).feed(b'{"step": 1, "_timestamp": 1.7e9, "loss": 2}\n')
    assert (loss.tag, loss.time) == ("loss", 1.7e9)
    (_, loss) = ObjectReader(Wishes()).feed(b'{"step": 1, "time": 12, "loss": 2}\n')
    assert loss.time is None


def test_lines_that_are_no_object_or_lack_the_step_are_counted_and_told():
    reader = ObjectReader(Wishes())
    text = '{"step": 1, "a": 1}\nnonsense\n[1]\n{"a": 2}\n{"step": 3, "a": 3}\n' + "[" * 9999 + "\n"
    assert points(reader, text) == [("a", 1, 1), ("a", 3, 3)]
    assert remarks(reader) == {
        "bad-lines": {"count": 3, "at": 2},
        "no-field": {"count": 1, "at": 4, "name": "step"},
    }


def test_a_line_without_end_is_dropped_and_never_kept():
    reader = ObjectReader(Wishes())
    assert points(reader, '{"step": 1, "a": 1}\n') == [("a", 1, 1)]
    for _ in range(20):
        assert reader.feed(b"x" * (LONGEST // 10)) == []
        assert sum(map(len, reader._lines._pieces)) <= LONGEST
    assert reader.waiting == 20 * (LONGEST // 10)
    assert points(reader, 'x\n{"step": 2, "a": 2}\n') == [("a", 2, 2)]
    assert remarks(reader) == {"long-lines": {"count": 1, "at": 2}}


# Our own events

LINES = [
    {"kind": "hello", "protocol": 1},
    {"kind": "ready", "run": 3, "experiment": "x", "step": 0},
    {"kind": "evaluation", "run": 3, "step": 0, "train_loss": 2.3, "validation_loss": None},
    {"kind": "metrics", "run": 3, "step": 2, "last": 2, "losses": [3, 2.5], "steps_per_second": 9},
    {"kind": "metrics", "run": 2, "step": 9, "losses": [9.0]},
    {"kind": "metrics", "run": 3, "step": 6, "bins": [[1, 2, 3, 2], [1, 1, 2, 2]]},
    {"kind": "layers", "run": 3, "step": 6, "names": ["a", "b"], "gradient_norms": [0.5, None]},
    {"kind": "state", "run": 3, "step": 7, "state": "diverged", "knobs": {"learning_rate": 5}},
]


def lab(lines):
    return "".join(json.dumps(line) + "\n" for line in lines).encode()


def test_our_own_events_give_the_loss_of_each_step_and_what_is_measured():
    reader = LabReader()
    assert fed(reader, lab(LINES)) == [
        "begun",
        ("train_loss", 0, "2.3", None),
        ("loss", 1, "3.0", None),
        ("loss", 2, "2.5", None),
        ("steps_per_second", 2, "9.0", None),
        ("loss", 3, "1.5", Bin(1, 2, 3, 2, 0)),
        ("loss", 5, "1.0", Bin(1, 1, 2, 2, 0)),
        ("gradient_norm/a", 6, "0.5", None),
        ("knob/learning_rate", 7, "5.0", None),
        ("loss", 7, "nan", None),
    ]
    assert reader.state == "diverged"
    assert remarks(reader) == {}


def test_a_run_that_begins_anew_forgets_the_last_and_one_that_was_rewound_does_not():
    again = [*LINES[:4], {"kind": "ready", "run": 4, "step": 0}]
    assert fed(LabReader(), lab(again))[-1] == "begun"
    back = [*LINES[:4], {"kind": "ready", "run": 4, "step": 1}]
    assert LabReader().feed(lab(back))[-1] == Begun(1)


WRONG = [
    {"kind": "metrics", "run": 3, "step": 1, "losses": ["a"]},
    {"kind": "metrics", "run": 3, "step": -1, "losses": []},
    {"kind": "metrics", "run": 3, "step": 1, "losses": None},
    {"kind": "metrics", "run": 3, "step": 1, "bins": 3},
    {"kind": "metrics", "run": 3, "step": 1, "bins": [[1, 2, 3, 0]]},
    {"kind": "metrics", "run": 3, "step": 1, "losses": [10**400]},
    {"kind": "layers", "run": 3, "step": 1, "names": 1},
    {"kind": "ready", "run": 4, "step": "x"},
    {"kind": "state", "run": 3, "step": 1, "knobs": []},
    [],
]


@pytest.mark.parametrize("line", WRONG, ids=str)
def test_lines_with_wrong_fields_are_passed_over_and_told(line):
    reader = LabReader()
    data = lab(LINES[:2]) + (json.dumps(line) + "\n").encode()
    assert fed(reader, data) == ["begun"]
    assert remarks(reader) == {"bad-lines": {"count": 1, "at": 3}}


# All of them

TEXTS = {
    "csv": b'step,loss,b\r\n1,0.5,2\n\n2,"0.4",x\n3\n4,nan,\n5,0.25,',
    "jsonl": '{"step": 1, "损失": 0.5}\n\nbad\n{"step": 2, "损失": NaN}\r\n{"step": 3'.encode(),
    "lab": lab(LINES)[:-3],
}


@pytest.mark.parametrize("kind", TEXTS)
def test_in_pieces_of_any_size_it_is_the_same(kind):
    text = TEXTS[kind]
    whole = READERS[kind](Wishes())
    expected = fed(whole, text), remarks(whole), whole.waiting
    assert expected[0]
    for size in (1, 2, 7):
        reader = READERS[kind](Wishes())
        assert (fed(reader, text, size), remarks(reader), reader.waiting) == expected
    for end in range(len(text)):
        reader = READERS[kind](Wishes())
        assert fed(reader, text[:end]) + fed(reader, text[end:]) == expected[0]


def test_the_last_line_waits_for_its_end_until_nothing_more_comes():
    for kind, last in (("csv", ("loss", 5, "0.25", None)), ("jsonl", None)):
        reader = READERS[kind](Wishes())
        fed(reader, TEXTS[kind])
        assert reader.waiting == len(TEXTS[kind].rpartition(b"\n")[2])
        assert plain(reader.finish()) == ([last] if last else [])
        assert reader.waiting == 0


@pytest.mark.parametrize("kind", READERS)
@given(data=st.binary(max_size=300) | st.text(max_size=100).map(str.encode), size=st.integers(1, 9))
def test_garbage_never_raises_and_is_the_same_in_pieces(kind, data, size):
    one, other = READERS[kind](Wishes()), READERS[kind](Wishes())
    assert fed(one, data) == fed(other, data, size)
    assert plain(one.finish()) == plain(other.finish())
    assert remarks(one) == remarks(other)


fields = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=6,
)
NAMES = ("kind", "run", "step", "losses", "bins", "names", "gradient_norms", "knobs", "state")


@given(st.sampled_from(["ready", "metrics", "state", "layers"]), st.fixed_dictionaries(
    {}, optional=dict.fromkeys(NAMES[2:], fields)))  # fmt: skip
def test_no_field_of_any_type_raises(kind, more):
    reader = LabReader()
    reader.feed(lab(LINES[:2]) + lab([{"kind": kind, "run": 3, **more}]))
    reader.remarks()


# Which of them


def kind_of(head, name="x", **more):
    found = recognised(head, name, Wishes(), **more)
    return found.code if isinstance(found, Remark) else found and found.format


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (event("a", 1, 2.0), "tensorboard"),
        (b'{"kind":"hello","protocol":1}\n', "lab"),
        (b'{"kind":"train","step":1}\n', "jsonl"),
        (b'\xef\xbb\xbf  {"step":1}\n', "jsonl"),
        (b"step,loss\n", "csv"),
        (b"\n\nloss\n", "csv"),
        (b"{\n", "watch.not-lines"),
        (b'[{"step": 1}]\n', "watch.not-lines"),
        (b"\x7fELF\x02\x01\x01" + bytes(20), "watch.binary"),
        (b"\xff\xfes\0t\0e\0p\0,\0x\0", "watch.binary"),
        (b"\x1f\x8b\x08" + bytes(20), "watch.compressed"),
        (b"PK\x03\x04" + bytes(20), "watch.compressed"),
    ],
)
def test_the_kind_of_a_file_is_told_by_its_content(head, kind):
    assert kind_of(head) == kind
    assert kind_of(head, whole=True) == kind


def test_where_too_little_is_there_one_waits():
    for head in (b"", b"\n", event("a", 1, 2.0)[:11], b"step,los", b'{"step"'):
        assert kind_of(head) is None
    assert kind_of(b"step,los", whole=True) == "csv"
    assert kind_of(b"s" * ENOUGH) == "csv"


def test_an_event_file_with_a_damaged_beginning_is_known_by_its_name():
    assert kind_of(bytes(20), "events.out.tfevents.1.host") == "tensorboard"
