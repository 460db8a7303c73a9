"""The pages say what is so: what is generated is as the program makes it, and what is named exists."""

import re
import shlex
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from ivr import settings
from ivr.lab import prompts
from tests import docs

PAGES = docs.documents()
TEXTS = {str(page.relative_to(docs.ROOT)): page.read_text(encoding="utf-8") for page in PAGES}
TEXTS |= {str(path.relative_to(docs.ROOT)): path.read_text(encoding="utf-8")
          for path in sorted((docs.ROOT / "dialplans").iterdir())}  # fmt: skip
FENCED = re.compile(r"^( *)```[a-z]*\n(.*?)^\1```", re.MULTILINE | re.DOTALL)
INDENTED = re.compile(r"^    (?=ivr )(.*)$", re.MULTILINE)
SPAN = re.compile(r"`([^`]+)`", re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")
FOLDERS = ("ivr", "tests", "docs", "asterisk", "dialplans", "docker", "build", "var", ".ci")
MADE = ("build/", "var/")  # by commands; not there before
EXAMPLES = {"tests/scenarios/holiday.yaml"}  # what a page says that a command writes


def plain(text: str) -> str:
    """Without line breaks and runs of spaces, which a terminal's width decides."""
    return " ".join(text.split())


# What is generated -----------------------------------------------------------------------------------

SAMPLE = "sample-"
BLOCKS = [
    pytest.param(page, block[2], block[3], id=f"{page}: {block[2]}")
    for page, text in TEXTS.items()
    for block in docs.MARKED.finditer(text)
]


@pytest.mark.parametrize(("page", "name", "text"), [each for each in BLOCKS if SAMPLE not in str(each.values[1])])
def test_what_is_generated_is_as_the_program_makes_it(page: str, name: str, text: str) -> None:
    assert plain(text) == plain(docs.BLOCKS[name]()), f"{page} is out of date: run `make docs`"


@pytest.mark.thorough
def test_the_samples_are_what_the_commands_print() -> None:
    """All in one test: the commands are run once."""
    for page, name, text in (each.values for each in BLOCKS):
        if SAMPLE in str(name):
            assert plain(str(text)) == plain(docs.BLOCKS[str(name)]()), f"{page} is out of date: run `make docs`"


def test_every_block_is_on_some_page_and_every_marker_has_its_end() -> None:
    assert {name for _, name, _ in (each.values for each in BLOCKS)} == set(docs.BLOCKS)
    for page, text in TEXTS.items():
        assert text.count("<!-- begin: ") == text.count("<!-- end -->") == len(docs.MARKED.findall(text)), page


def test_every_setting_has_a_meaning() -> None:
    rows = docs.settings_table().splitlines()[2:]
    assert len(rows) == len(fields(settings.Settings))
    assert [row for row in rows if not row.split(" | ")[-1].strip(" |")] == []


def test_every_part_and_option_has_a_meaning() -> None:
    nothing = [row for text in (docs.parts(), docs.parts(agents=True), docs.facts()) for row in text.splitlines()
               if row.startswith("| `") and not row.split(" | ")[1].strip()]  # fmt: skip
    assert nothing == []
    assert [words for words, command in docs.commands() if not command.help] == []


@pytest.mark.parametrize("name", [name for name in docs.BLOCKS if not name.startswith("sample")])
def test_a_block_that_is_out_of_date_is_seen(name: str) -> None:
    """Break it once: one letter less."""
    made = docs.BLOCKS[name]()
    page = f"x\n<!-- begin: {name} -->\n{made[:-3]}\n<!-- end -->\ny\n"
    assert plain(page) != plain(docs.regenerated(page))
    assert docs.regenerated(page) == docs.regenerated(docs.regenerated(page))
    assert docs.regenerated(page).startswith("x\n")
    assert docs.regenerated(page).endswith("<!-- end -->\ny\n")


# What is named ---------------------------------------------------------------------------------------


def lines_of(page: str) -> Iterator[str]:
    """Each line of code of a page, and each piece of code in its sentences."""
    text = TEXTS[page]
    if not page.endswith(".md"):
        yield from (line.lstrip(";# ") for line in text.splitlines() if line.startswith((";", "#")))
        yield from SPAN.findall(text)
        return
    text = docs.MARKED.sub("", text) if page.endswith("cli.md") else text
    for block in FENCED.finditer(text):
        yield from (line.strip().removeprefix("$ ") for line in block[2].splitlines())
    rest = FENCED.sub("", text)
    yield from INDENTED.findall(rest)
    yield from (" ".join(span.split()) for span in SPAN.findall(rest))


def commands_of(page: str) -> Iterator[str]:
    """Each command line of ours, without remarks."""
    for line in lines_of(page):
        found = re.match(
            r"(?:docker compose (?:run|exec)\s+(?:-\S+ )*\w+ |[A-Z_]+=\S+ |sudo .*?)*(?:\S*/)?ivr (.*)", line
        )
        if found and re.match(r"[a-z-]", found[1]):
            yield re.split(r"  +| # | \.\.\.|\s*>", found[1].replace("\\|", "|"))[0]


@cache
def every_command() -> dict[tuple[str, ...], Any]:
    return dict(docs.commands())


def mistake(command: str) -> str:
    """What is wrong with a command line; nothing when it parses."""
    try:
        words = shlex.split(re.sub(r"[\[\]]", " ", command.replace("…", "X")), comments=True)
    except ValueError as error:
        return str(error)
    known = every_command()
    path: tuple[str, ...] = ()
    while words and (*path, words[0]) in known:
        path = (*path, words.pop(0))
    found = known[path]
    if hasattr(found, "list_commands"):
        options = {"--help", *(name for each in found.params for name in each.opts)}
        return f"there is no command {' '.join((*path, *words))}" if words and words[0] not in options else ""
    named = {name: each for each in found.params for name in (*each.opts, *each.secondary_opts) if name[0] == "-"}
    most = sum(1000 if each.nargs == -1 else each.nargs for each in found.params if each.param_type_name == "argument")
    given = 0
    while words:
        word = words.pop(0)
        if re.match(r"--?[a-zA-Z]", word):
            name, _, value = word.partition("=")
            if name == "--help":
                continue
            if name not in named:
                return f"{' '.join(path)} has no option {name}"
            if getattr(named[name], "is_flag", False) or value:
                continue
            words = words[1:]
        else:
            given += 1
    return f"{' '.join(path)} takes {most} arguments, not {given}" if given > most else ""


@pytest.mark.parametrize("page", TEXTS)
def test_every_command_line_parses(page: str) -> None:
    wrong = {command: why for command in commands_of(page) if (why := mistake(command))}
    assert wrong == {}


def test_command_lines_are_found() -> None:
    found = [command for page in TEXTS for command in commands_of(page)]
    assert len(found) > 150
    for command in ("lab up", "policy publish draft -m why", "calls --last 5", "policy diff draft"):
        assert command in [" ".join(shlex.split(each.replace("…", ""))) for each in found if each.count('"') % 2 == 0]


@pytest.mark.parametrize(
    "command",
    [
        "nonsense",
        "policy nonsense",
        "call --form +1",
        "calls 5",
        "policy diff a b",
        "lab logs --last 3",
        'call --from "',
    ],
)
def test_a_wrong_command_line_is_seen(command: str) -> None:
    assert mistake(command)


@pytest.mark.parametrize("page", [*(page for page in TEXTS if page.endswith(".md")), "CHANGELOG.md"])
def test_every_link_leads_somewhere(page: str) -> None:
    for link in LINK.findall(FENCED.sub("", (docs.ROOT / page).read_text(encoding="utf-8"))):
        if "://" in link:
            continue
        place, _, anchor = link.partition("#")
        target = (docs.ROOT / page).parent / place if place else docs.ROOT / page
        assert target.exists(), link
        if anchor:
            assert anchor in anchors(target.read_text(encoding="utf-8")), link


def linked(page: Path) -> set[Path]:
    """The pages that a page leads to."""
    found = (link.partition("#")[0] for link in LINK.findall(FENCED.sub("", page.read_text(encoding="utf-8"))))
    return {(page.parent / place).resolve() for place in found if place.endswith(".md") and "://" not in place}


def reachable(page: Path) -> set[Path]:
    """The pages that somebody can come to who begins to read here."""
    found, new = {page}, {page}
    while new:
        new = {each for one in new for each in linked(one)} - found
        found |= new
    return found


def test_every_page_can_be_reached_from_the_readme() -> None:
    assert {str(page.relative_to(docs.ROOT)) for page in set(PAGES) - reachable(docs.ROOT / "README.md")} <= {
        str(page.relative_to(docs.ROOT)) for page in (docs.ROOT / "docs/adr").glob("0*.md")
    }
    decisions = reachable(docs.ROOT / "docs/adr/README.md")
    assert set((docs.ROOT / "docs/adr").glob("0*.md")) <= decisions


def test_the_readme_is_read_in_a_few_minutes() -> None:
    assert len(TEXTS["README.md"].splitlines()) <= 150


def test_owners_are_shown_neither_files_nor_commands() -> None:
    text = TEXTS["docs/business.md"]
    assert "```" not in text
    assert "`" not in text


def messages() -> Iterator[tuple[str, str]]:
    """The messages that troubleshooting.md is headed by: each heading, and each piece without what differs."""
    for heading in re.findall(r"^### (.*)$", TEXTS["docs/troubleshooting.md"], re.MULTILINE):
        for message in SPAN.findall(heading):
            yield from ((heading, piece.strip(" :")) for piece in message.split("…") if len(piece.strip(" :")) > 3)


NOT_OURS = {"no such table: calls", "relation", "does not exist"}  # SQLite's and PostgreSQL's own words


def test_every_message_that_is_explained_is_one_of_ours() -> None:
    said = re.sub(r'"\s+f?"', "", "".join(path.read_text(encoding="utf-8") for path in code() if path.suffix == ".py"))
    found = list(messages())
    assert len(found) > 20
    assert [each for each in found if each[1] not in said and each[1] not in NOT_OURS] == []


# Sentences that a tired reader reads twice: without a subject, or with a word that has another meaning today.
HARD = re.compile(r"(?:^|[.;:|] |- |\*\*)Who(?:ever)? [a-z]+[^.|?]*[.|]|\b(?:whence|of late|but for)\b", re.MULTILINE)


@pytest.mark.parametrize(
    "page", [page for page in TEXTS if page.startswith(("README", "docs/")) and "/adr/" not in page]
)
def test_sentences_have_a_subject(page: str) -> None:
    text = FENCED.sub("", docs.MARKED.sub("", TEXTS[page]))
    assert HARD.findall(text) == []


@pytest.mark.parametrize(
    "hard", ["Who calls again goes up.", "a b. Whoever has it is in.", "- Who is it goes first.", "it rises of late"]
)
def test_a_sentence_without_a_subject_is_seen(hard: str) -> None:
    assert HARD.search(hard)
    assert not HARD.search("Who calls? A caller who calls again goes up.")


def anchors(text: str) -> set[str]:
    """The headings, as links name them."""
    return {
        re.sub(r"[^\w -]", "", heading.lower()).strip().replace(" ", "-")
        for heading in re.findall(r"^#+ (.*)$", FENCED.sub("", text), re.MULTILINE)
    }


@pytest.mark.parametrize("page", TEXTS)
def test_every_file_that_is_named_exists(page: str) -> None:
    texts = set(prompts.read().texts)
    for name in SPAN.findall(FENCED.sub("", TEXTS[page])):
        if not re.fullmatch(rf"({'|'.join(map(re.escape, FOLDERS))})/[\w./-]+", name) or name.startswith(MADE):
            continue
        placeholder = re.search(r"[A-Z]{4}", name.removesuffix("README.md"))
        if name in EXAMPLES or placeholder or name.removeprefix("ivr/") in texts:
            continue
        places = [docs.ROOT / name, docs.ROOT / page / ".." / name, docs.ROOT / "ivr" / name]
        assert any(place.exists() or (place.parent / f"{place.name}.py").exists() for place in places), name


@pytest.mark.parametrize("page", TEXTS)
def test_every_target_of_make_that_is_named_exists(page: str) -> None:
    makefile = (docs.ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([\w-]+):", makefile, re.MULTILINE)) | {".venv/.qa", ".venv/.develop"}
    for line in lines_of(page):
        if named := re.match(r"(?:[A-Z_]+=\S+ )*make ((?:[a-z.][\w./-]*|[A-Z_]+=\S*)(?: [A-Z_]+=\S+)*)", line):
            words = [word for word in named[1].split() if "=" not in word]
            assert not words or words[0] in targets, line


def test_every_variable_that_is_named_is_read_by_something() -> None:
    read = "\n".join(path.read_text(encoding="utf-8") for path in code())
    known = {f"IVR_{each.name.upper()}" for each in fields(settings.Settings)}
    for page, text in TEXTS.items():
        for name in set(re.findall(r"\bIVR_[A-Z]+(?:_[A-Z]+)*\b", text)) - known:
            one_of_many = name.startswith("IVR_SCORE_SOURCES_")  # each site names its own
            assert one_of_many or re.search(rf"\b{name}\b", read), f"{page}: nothing reads {name}"


def code() -> list[Path]:
    """What the program is made of, beside the pages."""
    found = [path for folder in ("ivr", "asterisk", "docker") for path in (docs.ROOT / folder).rglob("*")]
    found += [docs.ROOT / "docker-compose.yml", docs.ROOT / "dialplans/ivr.conf"]
    return [
        path
        for path in found
        if path.is_file() and path.suffix in (".py", ".conf", ".yml", "") and ".gsm" not in path.name
    ]


def test_the_developers_map_names_every_part() -> None:
    named = set(re.findall(r"ivr/(\w+)/", TEXTS["docs/develop/map.md"]))
    parts = {path.parent.name for path in (docs.ROOT / "ivr").glob("*/__init__.py")}
    assert parts - named == set()


def test_all_that_env_may_hold_is_on_the_page() -> None:
    passed = set(re.findall(r"\$\{(IVR_\w+)", (docs.ROOT / "docker-compose.yml").read_text(encoding="utf-8")))
    page = TEXTS["docs/operate/settings.md"]
    table = page[page.index("| variable in `.env` ") : page.index("\n## Labs and tests")]
    assert passed - set(re.findall(r"`(IVR_\w+)`", table)) == set()


def test_every_figure_is_on_the_page() -> None:
    metrics = docs.ROOT / "ivr/service/metrics.py"
    made = set(re.findall(r'"(ivr_[a-z_]+)"', metrics.read_text(encoding="utf-8")))
    named = set(re.findall(r"`(ivr_[a-z_]+?)(?:_total)?(?:\{[a-z,]+\})?`", TEXTS["docs/operate/run.md"]))
    assert len(made) > 8
    assert made - named == set()


def test_every_global_of_the_dialplan_is_on_the_page() -> None:
    head = TEXTS["dialplans/ivr.conf"].partition("\n[ivr]")[0]
    made = set(re.findall(r"^;   (IVR_[A-Z_]+)  ", head, re.MULTILINE))
    assert len(made) > 7
    assert [each for each in sorted(made) if f"| `{each}` |" not in TEXTS["docs/operate/settings.md"]] == []


def test_every_event_of_ours_in_queue_log_is_on_the_page() -> None:
    made = set(re.findall(r"QueueLog\(.*?,(IVR[A-Z]+),", TEXTS["dialplans/ivr.conf"]))
    assert "IVRROUTED" in made
    assert [each for each in sorted(made) if f"| `{each}` |" not in TEXTS["docs/reference/outcomes.md"]] == []
