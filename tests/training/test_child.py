"""Children that die, hang, babble or cannot do what they are for; and parents that die."""

import asyncio
import os
import signal
import subprocess
import sys
import textwrap
import time

import msgspec
import pytest
import pytest_asyncio

from tests.training import labs
from tests.training.waiting import gone, until
from tutor.messages import LANGUAGES, say
from tutor.training.child import COMMAND, Patience, environment
from tutor.training.protocol import Start, encode
from tutor.training.run import MOST_BAD_LINES, Run

SOFTMAX = msgspec.structs.replace(labs.SOFTMAX, pace=0, steps=10**9)

HELLO = '{"kind":"hello","protocol":2}'

READY = (
    '{"kind":"ready","run":1,"experiment":"digits-softmax","parameters":650,"classes":10,'
    '"train":1437,"validation":360,"batches_per_epoch":45,"batch":32,"seed":0,"loss":2.3}'
)

OBEDIENT = "sys.stdin.read()"
"""The last line of a made-up child that ends when it should."""


@pytest_asyncio.fixture
async def runs():
    """Make runs that are ended after the test, most with a made-up child of a few lines."""
    made = []

    def make(*lines, **patience):
        python = "import os, signal, sys, time\ndef say(line): print(line, flush=True)\n"
        script = python + "\n".join(lines)
        run = Run(command=(sys.executable, "-c", script), patience=Patience(**patience))
        made.append(run)
        return run

    yield make
    for run in made:
        await run.stop()


async def troubled(run, code):
    """Wait for trouble; it must be this one, and be told in every language."""
    await until(lambda: run.snapshot.trouble is not None)
    trouble = run.snapshot.trouble
    assert trouble.code == code, trouble
    assert all(say(code, language, **trouble.details) for language in LANGUAGES)
    return trouble.details


async def test_a_child_that_cannot_be_started_is_told():
    run = Run(command=("/nowhere/python",))
    await run.start(SOFTMAX)
    assert run.snapshot.state == "failed"
    assert "nowhere" in (await troubled(run, "lab.cannot-start"))["reason"]
    run.pause()
    await run.stop()
    assert run.snapshot.state == "stopped"


async def test_an_exit_is_told_with_the_last_words(runs):
    run = runs("print('line one', file=sys.stderr)", "print('no\\x1b memory', file=sys.stderr)",
               "sys.exit(7)")  # fmt: skip
    await run.start(SOFTMAX)
    assert await troubled(run, "lab.exited") == {"code": 7, "said": "no memory"}
    assert run.snapshot.said == ("line one", "no memory")


async def test_an_exit_without_words_is_told(runs):
    run = runs("sys.exit(7)")
    await run.start(SOFTMAX)
    assert await troubled(run, "lab.exited-silently") == {"code": 7}
    assert run.snapshot.state == "failed"


@pytest.mark.parametrize(
    "said",
    ["MemoryError", "RuntimeError: DefaultCPUAllocator: can't allocate memory: you tried to 8 GB"],
)
async def test_memory_that_runs_out_is_told_as_that(runs, said):
    run = runs(f"say('{HELLO}')", f"print({said!r}, file=sys.stderr)", "sys.exit(1)")
    await run.start(SOFTMAX)
    assert await troubled(run, "lab.no-memory") == {"said": said}


async def test_a_signal_is_named(runs):
    run = runs(f"say('{HELLO}')", "os.kill(os.getpid(), signal.SIGSEGV)")
    await run.start(SOFTMAX)
    assert await troubled(run, "lab.killed") == {"signal": "SIGSEGV"}


async def test_another_version_of_the_protocol_is_told_and_its_child_ended(runs):
    run = runs('say(\'{"kind":"hello","protocol":99}\')', OBEDIENT)
    await run.start(SOFTMAX)
    assert await troubled(run, "lab.protocol") == {"theirs": 99, "ours": 2}
    await until(lambda: run.process_id is None)


async def test_a_little_garbage_is_counted_and_passed_over(runs):
    run = runs(
        f"say('{HELLO}')",
        "say('Downloading: 100%')",
        "say('x' * 1_000_000)",
        "os.write(1, b'\\xff\\xfe\\n')",
        f"say('{READY}')",
        OBEDIENT,
    )
    await run.start(SOFTMAX)
    await until(lambda: run.snapshot.ready is not None)
    assert run.snapshot.bad_lines == 3
    assert run.snapshot.trouble is None
    assert say("lab.bad-lines", "en", lines=3)


@pytest.mark.parametrize("garbage", ["b'\\n' * 60_000", "b'x' * 140_000 + b'\\n'"])
async def test_a_flood_of_garbage_ends_the_child_and_keeps_the_loop_turning(runs, garbage):
    run = runs(f"say('{HELLO}')", f"data = {garbage}", "while True: os.write(1, data)")
    await run.start(SOFTMAX)
    turns = 0
    while run.snapshot.trouble is None:
        await asyncio.sleep(0)
        turns += 1
    assert (await troubled(run, "lab.garbage"))["lines"] > MOST_BAD_LINES
    assert turns > 3
    await until(lambda: run.process_id is None)


async def test_a_flood_of_printing_does_not_block_the_child(runs):
    run = runs(
        "sys.stderr.write('warning\\n' * 100_000)", f"say('{HELLO}')", f"say('{READY}')", OBEDIENT
    )
    await run.start(SOFTMAX)
    await until(lambda: run.snapshot.ready is not None)
    assert set(run.snapshot.said) == {"warning"}
    assert len(run.snapshot.said) <= 20


async def test_a_silent_child_is_told_and_forgiven_when_it_speaks(runs):
    run = runs(
        f"say('{HELLO}')",
        f"say('{READY}')",
        "sys.stdin.readline(), sys.stdin.readline()",
        'say(\'{"kind":"beat","step":0}\')',
        OBEDIENT,
        silence=0.2,
    )
    await run.start(SOFTMAX)
    assert await troubled(run, "lab.silent") == {"seconds": 0.2}
    assert run.snapshot.state == "failed"
    run.pause()
    await until(lambda: run.snapshot.trouble is None)
    assert run.snapshot.state == "starting"


async def test_a_child_that_never_greets_is_told(runs):
    run = runs(OBEDIENT, silence=0.2, importing=0.3)
    await run.warm()
    assert await troubled(run, "lab.silent") == {"seconds": 0.3}


async def test_a_child_that_ignores_its_end_is_ended(runs):
    run = runs("signal.signal(signal.SIGTERM, signal.SIG_IGN)", f"say('{HELLO}')",
               f"say('{READY}')", "while True: time.sleep(60)")  # fmt: skip
    await run.start(SOFTMAX)
    await until(lambda: run.snapshot.ready is not None)
    child = run.process_id
    await run.stop()
    assert gone(child)
    assert run.snapshot.state == "stopped"


async def test_a_kill_waits_for_nothing_and_another_child_can_follow(runs):
    run = runs(f"say('{HELLO}')", f"say('{READY}')", "while True: time.sleep(60)")
    await run.start(SOFTMAX)
    await until(lambda: run.snapshot.ready is not None)
    child = run.process_id
    run.kill()
    assert run.snapshot.state == "stopped" and run.snapshot.trouble is None
    await until(lambda: gone(child))
    await run.start(SOFTMAX)
    await until(lambda: run.process_id not in (None, child))


async def test_a_child_that_closes_its_pipes_is_ended(runs):
    run = runs(f"say('{HELLO}')", "os.close(1); os.close(2)", "while True: time.sleep(60)")
    await run.start(SOFTMAX)
    await troubled(run, "lab.killed-outright")


async def test_commands_that_nobody_reads_do_not_pile_up(runs):
    run = runs(f"say('{HELLO}')", "while True: time.sleep(60)")
    await run.start(SOFTMAX)
    for _ in range(20_000):
        run.pause()
    pipe = run._child._process.stdin.transport
    assert pipe.get_write_buffer_size() < 100_000


# Torch


def shadow(folder, module, text):
    folder.mkdir(exist_ok=True)
    (folder / f"{module}.py").write_text(text)


async def test_a_missing_torch_is_told_whatever_lies_in_the_learners_folder(
    tmp_path, monkeypatch, runs
):
    shadow(tmp_path / "path", "torch", "raise ImportError('no torch here')")
    shadow(tmp_path / "learner", "random", "raise SystemExit('the learner\\'s own file')")
    shadow(tmp_path / "learner", "msgspec", "raise SystemExit('the learner\\'s own file')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "path"))
    monkeypatch.chdir(tmp_path / "learner")
    run = Run()
    await run.start(SOFTMAX)
    assert await troubled(run, "lab.missing-torch") == {"reason": "no torch here"}
    assert run.snapshot.state == "missing-torch"
    await until(lambda: run.process_id is None)
    assert run.snapshot.state == "missing-torch"
    await run.stop()


async def test_a_torch_that_does_not_load_is_told(tmp_path, monkeypatch):
    broken = "raise ImportError('libtorch.so: no such file', name='torch._C', path='/torch/_C.so')"
    shadow(tmp_path, "torch", broken)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    run = Run()
    await run.warm()
    assert await troubled(run, "lab.broken-torch") == {"reason": "libtorch.so: no such file"}
    assert run.snapshot.state == "failed"
    await run.stop()


async def test_a_torch_that_fails_in_another_way_is_told_with_its_last_words(tmp_path, monkeypatch):
    shadow(tmp_path, "torch", "raise RuntimeError('wrong version of numpy')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    run = Run()
    await run.warm()
    said = (await troubled(run, "lab.exited"))["said"]
    assert said == "RuntimeError: wrong version of numpy"
    await run.stop()


async def test_what_a_library_prints_is_no_line_of_the_protocol(tmp_path, monkeypatch):
    noise = "import os\nprint('hello from python')\nos.system('echo hello from a shell')\n"
    shadow(tmp_path, "torch", noise + "raise ImportError('enough')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    run = Run()
    await run.warm()
    await troubled(run, "lab.missing-torch")
    await until(lambda: len(run.snapshot.said) == 2)
    assert set(run.snapshot.said) == {"hello from python", "hello from a shell"}
    assert run.snapshot.bad_lines == 0
    await run.stop()


# The real child, killed and stopped


async def test_a_killed_child_is_told_and_can_be_replaced():
    run = Run(patience=Patience(silence=2.0))
    await run.start(SOFTMAX)
    await until(lambda: run.snapshot.step > 0)
    child = run.process_id
    os.kill(child, signal.SIGKILL)
    assert await troubled(run, "lab.killed-outright") == {"signal": "SIGKILL"}
    assert (run.snapshot.state, run.snapshot.curve.count > 0) == ("failed", True)
    await run.restart()
    await until(lambda: run.snapshot.step > 0)
    assert run.snapshot.trouble is None
    child = run.process_id
    os.kill(child, signal.SIGSTOP)
    await troubled(run, "lab.silent")
    os.kill(child, signal.SIGCONT)
    await until(lambda: run.snapshot.state == "training" and run.snapshot.trouble is None)
    os.kill(child, signal.SIGSTOP)
    await run.stop()
    assert gone(child)


PARENT = """
    import asyncio, sys
    from tests.training import labs
    from tutor.training.run import Run

    async def main():
        run = Run()
        await run.warm()
        print(run.process_id, flush=True)
        await run.start(labs.SOFTMAX)
        run.set_pace(0)
        while run.snapshot.step < 1:
            await asyncio.sleep(0.005)
        print("training", flush=True)
        await asyncio.sleep(1000)

    asyncio.run(main())
"""


@pytest.mark.parametrize("moment", ["importing", "training", "stopped"])
def test_no_child_outlives_a_killed_parent(moment):
    if moment == "stopped" and sys.platform != "linux":
        pytest.skip("only Linux ends a stopped child with its parent")
    parent = subprocess.Popen(
        (sys.executable, "-c", textwrap.dedent(PARENT)), stdout=subprocess.PIPE, text=True
    )
    child = int(parent.stdout.readline())
    if moment != "importing":
        assert parent.stdout.readline() == "training\n"
    if moment == "stopped":
        os.kill(child, signal.SIGSTOP)
    assert not gone(child)
    parent.kill()
    parent.wait()
    deadline = time.monotonic() + 20
    while not gone(child):
        assert time.monotonic() < deadline, "the child lives on"
    parent.stdout.close()


@pytest.mark.parametrize("moment", ["importing", "training"])
def test_the_end_of_its_input_ends_the_child_whatever_it_is_doing(moment):
    with subprocess.Popen(
        COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment()
    ) as child:
        if moment == "training":
            child.stdin.write(encode(Start(1, SOFTMAX)))
            child.stdin.flush()
            while b'"metrics"' not in child.stdout.readline():
                pass
        child.stdin.close()
        try:
            assert child.wait(20) == 0
        finally:
            child.kill()


def test_watching_a_run_loads_neither_torch_nor_numpy():
    listing = (
        "import sys, tutor.training.run, tutor.messages.lab;"
        "print({'torch', 'numpy', 'yaml'} & set(sys.modules))"
    )
    told = subprocess.run(
        (sys.executable, "-c", listing), capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "set()"


def test_the_childs_loop_knows_no_torch():
    listing = "import sys, tutor.training.loop; print('torch' in sys.modules)"
    told = subprocess.run(
        (sys.executable, "-c", listing), capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "False"
