"""A real child that really trains; one serves all tests of this file, as it serves all lessons."""

import asyncio

import msgspec
import pytest
import pytest_asyncio

from tests.training import labs
from tests.training.waiting import gone, until
from tutor.training.run import Run

pytestmark = pytest.mark.asyncio(loop_scope="module")

SOFTMAX = msgspec.structs.replace(labs.SOFTMAX, pace=0, steps=10**9)


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def run():
    run = Run()
    await run.warm()
    yield run
    await run.stop()


async def started(run, made):
    await run.start(made)
    await until(lambda: run.snapshot.step > 0)


async def obeyed(run, command):
    """Wait for the answer to a command; the step at which it took effect."""

    def answered():
        answer = run.snapshot.acknowledged
        return answer is not None and answer.command == command

    await until(answered)
    return run.snapshot.acknowledged.step


async def test_a_run_trains_and_tells_how_it_stands(run):
    await run.start(SOFTMAX)
    assert run.snapshot.state == "starting"
    await until(lambda: run.snapshot.step > 100 and run.snapshot.evaluated_step > 0)
    seen = run.snapshot
    assert seen.state == "training"
    assert seen.ready.parameters == 650
    assert seen.first_loss == pytest.approx(2.302585)
    assert seen.least_loss <= seen.last_loss < 2.3
    assert seen.train_accuracy > 0.3 and seen.validation_accuracy > 0.3
    assert seen.steps_per_second > 0
    assert seen.trouble is None and seen.bad_lines == 0
    assert seen.curve.count >= seen.step


async def test_a_pause_holds_and_a_step_is_one_step(run):
    await started(run, SOFTMAX)
    step = await obeyed(run, run.pause())
    assert (run.snapshot.state, run.snapshot.step) == ("paused", step)
    await until(lambda: run.snapshot.evaluated_step == step)
    assert await obeyed(run, run.step()) == step
    await until(lambda: run.snapshot.evaluated_step == step + 1)
    assert await obeyed(run, run.step(10)) == step + 1
    await until(lambda: run.snapshot.evaluated_step == step + 11)
    assert (run.snapshot.state, run.snapshot.step) == ("paused", step + 11)
    await obeyed(run, run.resume())
    await until(lambda: run.snapshot.step > step + 11)
    assert run.snapshot.state == "training"


async def test_the_learning_rate_is_live_and_a_reset_begins_the_same_run_again(run):
    await run.start(SOFTMAX)
    await until(lambda: run.snapshot.step >= 600)
    first = run.snapshot.curve
    await obeyed(run, run.set("learning_rate", 0.125))
    assert run.snapshot.learning_rate == 0.125
    version = run.snapshot.version
    await obeyed(run, run.set("learning_rate", 0.5))
    await obeyed(run, run.reset())
    assert run.snapshot.learning_rate == 0.5 and run.snapshot.version > version
    await until(lambda: run.snapshot.step >= 600)
    assert run.snapshot.curve is not first
    assert run.snapshot.curve.bins[:500] == first.bins[:500]


async def test_a_reset_keeps_the_learning_rate(run):
    await started(run, SOFTMAX)
    await obeyed(run, run.set("learning_rate", 0.25))
    await obeyed(run, run.reset())
    assert run.snapshot.learning_rate == 0.25


async def test_too_large_a_learning_rate_diverges_and_is_explained(run):
    made = msgspec.structs.replace(labs.ATTENTION, pace=0, learning_rate=1000.0)
    await run.start(made)
    await until(lambda: run.snapshot.state == "diverged")
    seen = run.snapshot
    assert seen.trouble.code.startswith("lab.diverged")
    assert seen.curve.count == seen.step > 1
    assert seen.least_loss is not None and seen.last_loss is not None
    await obeyed(run, run.resume())
    assert run.snapshot.acknowledged.refused == "diverged"
    await obeyed(run, run.set("learning_rate", 0.1))
    await obeyed(run, run.reset())
    await until(lambda: run.snapshot.step > seen.step)
    assert run.snapshot.state == "training" and run.snapshot.trouble is None


async def test_the_lessons_own_model_shows_torchs_numbers(run):
    await run.start(msgspec.structs.replace(labs.WALK, pace=0))
    await until(lambda: run.snapshot.state == "finished")
    first = run.snapshot.numbers[0]
    assert (round(first.values["loss"], 4), round(first.values["next_loss"], 4)) == (1.2307, 1.0630)
    assert [line.step for line in run.snapshot.numbers] == list(range(1, 21))
    assert run.snapshot.step == 100
    assert run.snapshot.validation_loss is None
    assert run.snapshot.curve.bins[1].low == first.values["next_loss"]


async def test_a_pace_is_kept(run):
    await run.start(msgspec.structs.replace(SOFTMAX, pace=0.001))
    await until(lambda: run.snapshot.state == "training")
    await obeyed(run, run.set_pace(0))
    await until(lambda: run.snapshot.step > 50)
    step = await obeyed(run, run.set_pace(0.001))
    await obeyed(run, run.set("learning_rate", 0.25))
    # At most the step whose turn it was.
    assert run.snapshot.acknowledged.step <= step + 1


async def test_one_child_serves_lesson_after_lesson(run):
    child = run.process_id
    for made in (labs.LENET, labs.ATTENTION, labs.SOFTMAX):
        await started(run, made)
        assert run.snapshot.ready.experiment == made.name
    assert run.process_id == child is not None


async def test_reading_never_keeps_the_loop_for_long_while_lines_come(run):
    await started(run, SOFTMAX)
    turns = 0
    step = run.snapshot.step
    while run.snapshot.step < step + 2000:
        await asyncio.sleep(0)
        turns += 1
    assert turns > 20


async def test_a_stop_ends_the_child_and_a_start_makes_another(run):
    await started(run, SOFTMAX)
    child, curve = run.process_id, run.snapshot.curve
    await run.stop()
    assert run.snapshot.state == "stopped" and run.snapshot.trouble is None
    assert run.snapshot.curve is curve
    assert run.process_id is None and gone(child)
    run.pause()
    await run.stop()
    await started(run, SOFTMAX)
    assert run.process_id not in (None, child)
