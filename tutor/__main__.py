"""The command `tutor`: what must be quick goes its own short way, all else through the commands."""

import sys

INTERRUPTED = 130


def main() -> None:
    """Run the command line; exits with a status that `tutor --help` explains."""
    try:
        _run(sys.argv[1:])
    except KeyboardInterrupt:
        # Ctrl+C while the screen is still being loaded; once it is there, Ctrl+C is a key.
        sys.exit(INTERRUPTED)


def _run(arguments: list[str]) -> None:
    # Typer costs 60 ms to import, more than Python's own start: the two commonest calls need none.
    if arguments == ["--version"]:
        from tutor import __version__

        print(f"tutor {__version__}")
    elif not arguments:
        from tutor.start import start_screen

        sys.exit(start_screen())
    else:
        from tutor.cli import run

        run(arguments)


if __name__ == "__main__":
    main()
