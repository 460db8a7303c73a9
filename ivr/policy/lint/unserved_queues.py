"""Warnings about what the policy names and Asterisk does not have, and about queues that nobody serves."""

from collections.abc import Iterator

from ivr.policy import queues, schema, suggestions
from ivr.policy.lint.asterisk_inventory import AsteriskConfig
from ivr.policy.lint.unreachable import Doubt
from ivr.policy.schema import Where

_SPOKEN = {"position", "wait"}  # of announcements: the dialplan says them, no sound does


def doubts(file: schema.PolicyFile, asterisk: AsteriskConfig) -> Iterator[Doubt]:
    """Queues, sounds, music classes and self-services that Asterisk does not have."""
    yield from _queues(file, asterisk)
    for where, sound, waiting in _sounds(file):
        if not (waiting and sound in _SPOKEN) and not asterisk.has_sound(sound):
            known = asterisk.sounds or asterisk.own_sounds or ()
            yield where, f"there is no sound {sound}{suggestions.is_it(sound, known)} ({asterisk.sounds_from})", None
    for where, music in _music(file):
        if asterisk.music is not None and music not in asterisk.music:
            there = f"{asterisk.music_from} has {suggestions.listed(sorted(asterisk.music))}"
            yield (
                where,
                f"Asterisk has no music class {music}{suggestions.is_it(music, asterisk.music)} ({there})",
                None,
            )
    for i, rule in enumerate(file.rules):
        name = rule.adjust.self_service if rule.adjust else None
        if name and asterisk.self_services is not None and name not in asterisk.self_services:
            problem = f"the dialplan has no self-service {name}{suggestions.is_it(name, asterisk.self_services)}"
            yield ("rules", i, "adjust", "self-service"), f"{problem} (context ivr-self-service)", None


def queues_without_agents(file: schema.PolicyFile, agents: schema.AgentsFile) -> Iterator[Doubt]:
    """Where callers would wait for nobody: no agent has the skill, and no later step leads elsewhere."""
    for place, missing in queues.without_agents(file, agents.agents):
        problem = f"nobody serves {suggestions.listed(missing)}, and no step leads elsewhere"
        yield place.where, f"{problem}: give an agent the skill in agents.yaml, or add a step", None


def skills_in_vain(file: schema.PolicyFile, agents: schema.AgentsFile, asterisk: AsteriskConfig) -> Iterator[Doubt]:
    """Skills for queues that no caller comes to, or that Asterisk does not have."""
    used = set(queues.all_queues(file))
    real = used if asterisk.queues is None else used & asterisk.queues
    for i, agent in enumerate(agents.agents):
        for queue in agent.skills:
            where: Where = ("agents", i, "skills", queue)
            if queue not in used:
                yield (
                    where,
                    f"no treatment leads to the queue {queue}{suggestions.is_it(queue, real) or ': remove the skill'}",
                    None,
                )
            elif asterisk.queues is not None and queue not in asterisk.queues:
                yield where, f"Asterisk has no queue {queue} ({asterisk.queues_from})", None


def languages_not_spoken(file: schema.PolicyFile, agents: schema.AgentsFile) -> Iterator[Doubt]:
    """Agents in the queue of a language that is not among theirs. Whoever has none there may speak any."""
    spoken_in = {
        place.queue.replace("{language}", language): language
        for place in queues.places(file)
        if "{language}" in place.queue
        for language in file.languages
    }
    for i, agent in enumerate(agents.agents):
        for queue in agent.skills:
            language = spoken_in.get(queue)
            if language and agent.languages and language not in agent.languages:
                problem = f"callers in {queue} speak {language}, and {agent.name} does not"
                yield ("agents", i, "skills", queue), f"{problem}: remove the skill, or add to `languages`", None


def _queues(file: schema.PolicyFile, asterisk: AsteriskConfig) -> Iterator[Doubt]:
    if asterisk.queues is None:
        return
    for place in queues.places(file):
        for each in queues.in_each_language(place, file):
            if each not in asterisk.queues:
                there = f"{asterisk.queues_from} has {suggestions.listed(sorted(asterisk.queues))}"
                yield (
                    place.where,
                    f"Asterisk has no queue {each}{suggestions.is_it(each, asterisk.queues)} ({there})",
                    None,
                )


def _sounds(file: schema.PolicyFile) -> Iterator[tuple[Where, str, bool]]:
    """Every sound, with its place and whether callers hear it while they wait."""
    groups: list[tuple[Where, tuple[str, ...] | None, bool]] = []
    for name, entry in file.entry_points.items():
        groups.append((("entry-points", name, "greeting"), entry.greeting, False))
    for name, menu in file.menus.items():
        groups.append((("menus", name, "say"), menu.say, False))
    for name, each in file.treatments.items():
        groups.append((("treatments", name, "greeting"), each.greeting, False))
        groups.append((("treatments", name, "say"), each.say, False))
        if each.announce:
            groups.append((("treatments", name, "announce", "say"), each.announce.say, True))
        groups += [(("treatments", name, "steps", i, "say"), step.say, True) for i, step in enumerate(each.steps)]
    for i, rule in enumerate(file.rules):
        if rule.adjust:
            groups.append((("rules", i, "adjust", "greeting"), rule.adjust.greeting, False))
    for where, sounds, waiting in groups:
        yield from (((*where, i), sound, waiting) for i, sound in enumerate(sounds or ()))


def _music(file: schema.PolicyFile) -> Iterator[tuple[Where, str]]:
    for name, treatment in file.treatments.items():
        if treatment.music:
            yield ("treatments", name, "music"), treatment.music
    for i, rule in enumerate(file.rules):
        if rule.adjust and rule.adjust.music:
            yield ("rules", i, "adjust", "music"), rule.adjust.music
