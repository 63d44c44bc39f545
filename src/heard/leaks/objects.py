"""What a git repository holds: all objects, reachable or not, names and logs; and what is about to be committed."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from heard.values import HeardError

_INDEX = "GIT_INDEX_FILE"
_SUBMODULE = "160000"
_ID = 40
_SHORT = 8
_TREE_ID = {"sha1": 20, "sha256": 32}


def objects(repository: Path) -> Iterator[tuple[str, str, bytes]]:
    """Everything that the repository holds: a label (`blob 1a2b3c4d`), a path if one is known, and the bytes.

    Commits and tags come with their authors and messages, trees as the names in them, each on a line; then the names of
    branches and tags, the logs of where they pointed, and the paths of the index. Also what no branch reaches any more:
    amended commits, deleted files, stashes, notes. Raises `HeardError` if git cannot read it all.
    """
    paths = _paths(repository)
    width = _TREE_ID.get(_asked(repository, "rev-parse", "--show-object-format").decode().strip(), 20)
    with _running(repository, "cat-file", "--batch-all-objects", "--unordered", "--batch", "--buffer") as output:
        for name, kind, data in _batch(output):
            whole = _tree_names(data, width) if kind == "tree" else data
            yield f"{kind} {name[:_SHORT]}", paths.get(name, "") if kind == "blob" else "", whole
    yield "names of branches and tags", "", _asked(repository, "for-each-ref", "--format=%(refname)%0a%(symref)")
    yield "log of what branches pointed at", "", _logs(repository)
    yield "names in the index", "", _asked(repository, "ls-files", "-z", "--full-name", ":/").replace(b"\0", b"\n")


def staged(repository: Path) -> Iterator[tuple[str, bytes]]:
    """The path and the bytes of every file that the next commit would add or change.

    Called from a hook, it reads the index that the commit is made from. Raises `HeardError` if git cannot.
    """
    env = _of_the_hook(repository)
    told = _asked(
        repository, "diff", "--cached", "--raw", "-z", "--no-abbrev", "--no-renames", "--no-relative", env=env
    )
    fields = told.decode("utf-8", "surrogateescape").split("\0")
    found = [(path, *_after(about)) for about, path in zip(fields[::2], fields[1::2], strict=False)]
    wanted = [(path, name) for path, mode, name in found if mode != _SUBMODULE and name.strip("0")]
    for (path, _), data in zip(wanted, _blobs(repository, [name for _, name in wanted]), strict=True):
        yield path.encode("utf-8", "surrogateescape").decode("utf-8", "replace"), data


def _after(about: str) -> tuple[str, str]:
    """The mode and the object that a change leads to."""
    _, mode, _, name, *_ = about.removeprefix(":").split(" ")
    return mode, name


def _blobs(repository: Path, names: list[str]) -> Iterator[bytes]:
    if names:
        asked = "\n".join(names).encode() + b"\n"
        with _running(repository, "cat-file", "--batch", "--buffer", asked=asked) as output:
            yield from (data for _, _, data in _batch(output))


def _paths(repository: Path) -> dict[str, str]:
    """One path of each object that a branch, a tag or a log reaches."""
    lines = _asked(repository, "rev-list", "--all", "--reflog", "--objects", "--indexed-objects").split(b"\n")
    found: dict[str, str] = {}
    for line in lines:
        name, _, path = line.decode("utf-8", "replace").partition(" ")
        if path:
            found.setdefault(name, path)
    return found


def _logs(repository: Path) -> bytes:
    """Messages and names of the logs; git says nothing of those of deleted branches, whose files are gone too."""
    return _asked(repository, "log", "--walk-reflogs", "--all", "--format=%gD%n%gs%n%gn%n%ge", allow_fail=True)


def _tree_names(data: bytes, width: int) -> bytes:
    """The names in a tree: `mode name NUL id`, again and again."""
    names: list[bytes] = []
    at = 0
    while at < len(data):
        space, end = data.find(b" ", at), data.find(b"\0", at)
        if not at < space < end:
            break
        names.append(data[space + 1 : end])
        at = end + 1 + width
    return b"\n".join(names)


def _batch(output: IO[bytes]) -> Iterator[tuple[str, str, bytes]]:
    """The objects that `git cat-file --batch` writes."""
    while head := output.readline():
        name, kind, size = head.decode("utf-8", "replace").split(" ") if head.count(b" ") == 2 else ("", "", "")
        if not size.strip().isdigit():
            raise HeardError("git does not have all objects of the repository, so not all can be looked through.")
        data = output.read(int(size))
        if len(data) < int(size) or output.read(1) != b"\n":
            raise HeardError("git stopped before all objects of the repository were read.")
        yield name, kind, data


@contextmanager
def _running(repository: Path, *arguments: str, asked: bytes = b"") -> Iterator[IO[bytes]]:
    """git's output while it runs. Raises `HeardError` if git fails."""
    import tempfile

    with tempfile.TemporaryFile() as questions, tempfile.TemporaryFile() as complaints:
        questions.write(asked)
        questions.seek(0)
        try:
            process = subprocess.Popen(
                _command(arguments),
                cwd=repository,
                env=_clean(),
                stdin=questions,
                stdout=subprocess.PIPE,
                stderr=complaints,
            )
        except OSError as error:
            raise HeardError("git could not be started, so the repository was not looked through.") from error
        assert process.stdout is not None
        with process:
            try:
                yield process.stdout
            except BaseException:
                process.kill()
                raise
        if process.returncode:
            raise HeardError("git could not read the repository to its end, so not all of it was looked through.")


def _asked(repository: Path, *arguments: str, env: dict[str, str] | None = None, allow_fail: bool = False) -> bytes:
    try:
        done = subprocess.run(
            _command(arguments), cwd=repository, env=env or _clean(), capture_output=True, check=False
        )
    except OSError as error:
        raise HeardError("git could not be started, so the repository was not looked through.") from error
    if done.returncode and not allow_fail:
        raise HeardError("git could not read the repository: is the folder one, and whole?")
    return done.stdout


def _command(arguments: Iterable[str]) -> list[str]:
    # Objects that were replaced for show are still there, and are what is published.
    return ["git", "--no-replace-objects", "-c", "core.quotePath=false", *arguments]


def _clean() -> dict[str, str]:
    """The surroundings without git's own variables, which in a hook name the hook's repository."""
    env = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    return env | {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0"}


def _of_the_hook(repository: Path) -> dict[str, str]:
    """As `_clean`, but with the index of the commit that is being made, which `git commit -a` keeps elsewhere."""
    env = _clean()
    index = os.environ.get(_INDEX)
    if index:
        root = Path(os.fsdecode(_asked(repository, "rev-parse", "--show-toplevel").strip(b"\n")))
        folder = Path(os.fsdecode(_asked(repository, "rev-parse", "--absolute-git-dir").strip(b"\n")))
        # A relative one is meant from the root; one of another repository is not ours.
        path = (root / index).resolve()
        if path.is_relative_to(folder.resolve()):
            env[_INDEX] = str(path)
    return env
