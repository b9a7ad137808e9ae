import pytest

from tutor.messages import LANGUAGES, ROOMS, Text, room, say


def test_a_sentence_is_said_in_the_language_that_is_asked_for():
    values = {"field": "theme", "value": '"dim"', "choices": "dark | light"}
    english = say("learner.setting-value", "en", **values)
    assert english == 'The setting theme cannot be "dim". Write one of: dark | light.'
    chinese = say("learner.setting-value", "zh", **values)
    assert chinese == '设置 theme 不能是 "dim"。可以写：dark | light。'


def test_values_may_be_named_like_the_parameters_of_say():
    room("learner")["learner.only-in-this-test"] = Text("{key} {language}", "{language} {key}")
    try:
        assert say("learner.only-in-this-test", "zh", key=1, language=2) == "2 1"
    finally:
        del room("learner")["learner.only-in-this-test"]


@pytest.mark.parametrize("key", ["learner.no-such-sentence", "no-such-room.sentence", "learner"])
def test_an_unknown_key_is_a_key_error(key):
    with pytest.raises(KeyError):
        say(key, "en")


def test_a_text_has_every_language():
    assert Text._fields == LANGUAGES


def test_each_file_of_sentences_belongs_to_one_room():
    assert len(set(ROOMS.values())) == len(ROOMS)
