"""A run that is watched in a real terminal while it is written."""


def test_a_file_is_followed_until_one_leaves(start, tmp_path):
    log = tmp_path / "log.csv"
    log.write_text("step,loss\n0,4\n1,2\n")
    terminal = start("watch", str(log))
    terminal.until_shown("last: 2 at step 1")
    with log.open("a") as file:
        file.write("2,1.5\n")
    terminal.until_shown("last: 1.5 at step 2")
    terminal.press("<", "<")
    terminal.until_shown("step 1: 2")
    log.unlink()
    terminal.until_shown("log.csv is gone")
    terminal.press("q")
    assert terminal.status() == 0
    assert terminal.left_over() == []
