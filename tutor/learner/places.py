"""Where settings, progress and runs are kept on this system.

`TUTOR_HOME` names one folder for all of it. Without it, data and settings are where each system
wants them, under the name handgrad. Nothing here makes a folder: whoever writes does.
"""

import os
from pathlib import Path

NAME = "handgrad"


def chosen_folder() -> Path | None:
    """The folder that TUTOR_HOME names, absolute, so that a child process finds the same one."""
    chosen = os.environ.get("TUTOR_HOME")
    return Path(os.path.abspath(os.path.expanduser(chosen))) if chosen else None


def data_folder() -> Path:
    """The folder of what the tutor writes by itself: the journal, its copies, the runs."""
    if chosen := chosen_folder():
        return chosen
    # Imported here: it costs 9 ms where textual has not imported it already.
    from platformdirs import user_data_path

    return user_data_path(NAME, appauthor=False)


def settings_path() -> Path:
    """The file of what the learner has chosen."""
    if chosen := chosen_folder():
        return chosen / "settings.json"
    from platformdirs import user_config_path

    return user_config_path(NAME, appauthor=False) / "settings.json"


def journal_path() -> Path:
    """The file of what the learner has done."""
    return data_folder() / "journal.sqlite"


def runs_folder() -> Path:
    """The folder with one folder for each run of the lab."""
    return data_folder() / "runs"
