"""Timing several competitors in turn, so that a busy machine slows all of them alike."""

from __future__ import annotations

import gc
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from tests.benchmarks.harness.requests import Caller, Request, Sample

__all__ = ["Medians", "Work", "interleaved"]


@dataclass(frozen=True)
class Work:
    """One thing that all competitors do.

    Attributes:
        name: what the table calls it.
        request: what is asked for.
        times: how often in a round.
    """

    name: str
    request: Request
    times: int


@dataclass(frozen=True)
class Medians:
    """What a request takes, in milliseconds.

    Attributes:
        wall: by the clock on the wall.
        cpu: of the process.
    """

    wall: float
    cpu: float


def interleaved(callers: Mapping[str, Caller], works: Sequence[Work], *, rounds: int) -> dict[str, dict[str, Medians]]:
    """Return the medians of each work by competitor.

    Each round lets every competitor do every work, and begins with another competitor. What a competitor leaves to the
    garbage collector is collected, untimed, before the next one begins; within a turn the collector is as Python has it.

    Args:
        callers: the competitors by name.
        works: what they do.
        rounds: how often; one more comes first, warms the caches and does not count.
    """
    samples: dict[str, dict[str, list[Sample]]] = {name: {work.name: [] for work in works} for name in callers}
    names = list(callers)
    for number in range(rounds + 1):
        shift = number % len(names)
        for name in names[shift:] + names[:shift]:
            for work in works:
                gc.collect()
                taken = callers[name].timed(work.request, work.times)
                if number:
                    samples[name][work.name].extend(taken)
    return {name: {work: _medians(taken) for work, taken in by_work.items()} for name, by_work in samples.items()}


def _medians(samples: Sequence[Sample]) -> Medians:
    return Medians(
        wall=median(sample.wall for sample in samples) / 1e6, cpu=median(sample.cpu for sample in samples) / 1e6
    )
