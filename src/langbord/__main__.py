"""The command line: `bin/langbord <command>`. Django's management commands, and `serve`, which starts processes."""

from __future__ import annotations

import os
import sys


def overview() -> str:
    """Our own commands, each with the first line of its help."""
    import django
    from django.core.management import get_commands, load_command_class

    django.setup()
    lines = {"serve": "run the web server and the worker"}
    for name, app in get_commands().items():
        if isinstance(app, str) and app.startswith("langbord."):
            words = str(load_command_class(app, name).help).strip().splitlines()
            lines[name] = words[0] if words else ""
    width = max(map(len, lines))
    listed = "\n".join(f"  {name:<{width}}  {text}" for name, text in sorted(lines.items()))
    return f"Usage: langbord <command> [--help]\n\n{listed}\n\nDjango's own commands work too: langbord help"


def main(arguments: list[str]) -> int:
    """The exit code. What stands in the way outside the program is told in plain words, with 1."""
    from langbord.config import trouble

    try:
        return run(arguments)
    except Exception as error:
        told = None if "--traceback" in arguments else trouble.words(error)
        if told is None:
            raise
        sys.stderr.write(f"\n{told}\n\n")
        return 1


def run(arguments: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "langbord.config.settings")
    os.umask(0o077)  # databases, keys and files are the operator's own, even in a folder others can list
    if not arguments or arguments[0] in {"-h", "--help"}:
        print(overview())
        return 0
    if arguments[0] == "serve":
        from langbord.config.serve import main as serve

        return serve(arguments[1:])
    from django.core.management import execute_from_command_line

    if not arguments[0].startswith("-"):
        arguments = [arguments[0].replace("-", "_"), *arguments[1:]]  # rotate-key is the file rotate_key.py
    execute_from_command_line(["langbord", *arguments])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
