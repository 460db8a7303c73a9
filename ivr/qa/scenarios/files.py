"""Scenario files: found, read and checked; the JSON Schema for editors; the example that `ivr qa new` writes."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ivr import regular_files
from ivr.errors import FileError, IvrError
from ivr.policy.yaml_file import Document, names_of, validated
from ivr.qa.scenarios.form import Scenario

FOLDER = Path("tests/scenarios")
_LARGEST = 200_000  # bytes: no scenario is that long


@dataclass(frozen=True, slots=True)
class ScenarioFile:
    """A scenario and where it stands."""

    path: Path
    scenario: Scenario

    @property
    def name(self) -> str:
        """What people call it: its file's name without the ending."""
        return self.path.stem

    def fits(self, words: Sequence[str]) -> bool:
        """Whether each word is in its name, its title or its tags, whatever the case."""
        text = " ".join((self.name, self.scenario.scenario, *self.scenario.tags)).casefold()
        return all(word.casefold() in text for word in words)


def read(path: Path, within: Path | None = None) -> ScenarioFile:
    """The scenario in `path`, which has to be `within` a folder; raises FileError with the line of what is wrong."""
    text = regular_files.text(path, _LARGEST, within)
    return ScenarioFile(path, validated(Document(path, text, names=names_of(Scenario)), Scenario))


def collect(paths: Iterable[Path]) -> tuple[list[ScenarioFile], list[FileError]]:
    """The scenarios in these files and folders, by name, and what is wrong with those that cannot be used.

    Raises IvrError for a path that does not exist.
    """
    found: dict[Path, Path | None] = {}  # with the folder that it is from
    for path in paths:
        if not path.exists():
            raise IvrError(f"{path} does not exist: name a scenario file, or a folder of them")
        found.update(dict.fromkeys(sorted(path.rglob("*.yaml")), path) if path.is_dir() else {path: None})
    good, bad = [], []
    for path, folder in found.items():
        try:
            good.append(read(path, folder))
        except FileError as error:
            bad.append(error)
    return good, bad


def schema() -> str:
    """The JSON Schema of a scenario file (draft 2020-12), for editors that check while one writes."""
    made = Scenario.model_json_schema(by_alias=True)
    made["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    made["title"] = "A scenario of test calls"
    return json.dumps(made, indent=2)


def write_new(path: Path, text: str) -> None:
    """Write a new file; raises FileError when there is one already."""
    if path.exists():
        raise FileError(path, None, "exists already: choose another name")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise FileError(path, None, f"cannot be written: {(error.strerror or str(error)).lower()}") from None


EXAMPLE = """\
# A test call. Run it:  ivr qa run {path}
# Everything but `scenario` and `call` may be left out. With `yaml-language-server`, editors check while you write:
#   ivr qa schema > scenario.schema.json
scenario: a premium customer reaches the best agent
about: What it is good for, in a sentence for whoever reads the report.
tags: [policy]                        # words for `ivr qa run -k policy`

given:                                # the state of things before the call; what is not said is as usual
  customers:                          # the database knows these and nobody else
    - id: C1
      name: Ada Lovelace
      phone: "+442079460001"          # in quotes: YAML would drop the +. Numbers of +44 20 7946 0xxx are fictitious
      value: 91                       # scores, 0-100: value, potential, need
      need: 10
      language: en
      tags: [contract-gold]
      products: [broadband, mobile]   # also: contract, open case, lapsed, prefers self service, blocked
      customer number: "0042"         # what a caller types, and the PIN: in quotes, or YAML would drop zeros
      pin: "2580"
      history:                        # earlier calls
        - {{ago: 20 days, outcome: abandoned, segment: premium}}
  # data:                             # rows of sources of scoring.yaml, of which a run makes scores
  #   orders: |
  #     customer_id,ordered_at,amount,goods,status
  #     C1,10 days ago,900.00,300.00,paid
  agents:                             # by the name of their phone; those who are not named are in, and answer
    anna: in                          # in, paused, busy, busy until all wait, does not answer, declines
    ben: {{answers after: 2, hangs up after: 5}}
  # at: monday 09:30                  # or 2026-12-25 09:30 (in the lab only)
  # fault: service down               # {faults}
  # earlier:                          # callers who called and hung up before the fault
  #   first: {{from: "+442079460001"}}
  # waiting:                          # callers who wait already
  #   general-1: {{from: "+12025550199"}}
  # policy:                           # changes of policy.yaml, by name; a list is replaced, or
  #   rules: {{first: [{{name: everybody, treatment: premium}}]}}       # has something put before or behind (last)

call:
  from: "+442079460001"
  to: 1000
  # withheld: true
  # shown: Ada                        # the name beside the number
  # headers: ["Privacy: id"]          # lines of SIP that the carrier adds
  # attestation: A                    # A, B, C, none, expired, forged, other number
  # keys: telephone-event             # (RFC 4733) or inband: as sound alone

steps:                                # what the caller does; without steps: wait for an agent, talk, hang up
  - wait for: agent                   # queue, agent or end
  - talk: 1
  # - hear: hello
  # - press: "1"
  # - be transferred
  - hang up

expect:                               # a list means one of these, * any text, none nothing at all
  outcome: answered                   # answered, abandoned, unserved, refused, voicemail, told, self-service, lost
  segment: premium
  queue: premium
  priority: 100
  agent: [Anna Berg, Ben Okafor]
  phone shows: "PREMIUM value 91*"
  does not hear: hello
  wait: {{warn: 1, fail: 3}}            # seconds: above 1 is a warning, above 3 an error; or 0.2-3
  events: {{rang: 1, no_answer: none}}

# Several callers: `calls:` in place of `call`, each with a name, from, to, steps and expect of its own, and
# order: [premium-1 before general-1]
"""
