"""Hearing the signals of a model."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save

__all__ = ["heard_from"]

SIGNALS = {"pre_save": pre_save, "post_save": post_save, "pre_delete": pre_delete, "post_delete": post_delete}


@contextmanager
def heard_from(model: type[Model], *lists: type[Model]) -> Iterator[list[str]]:
    """Return the names of the signals that a model, and the tables of its lists, send inside the block."""
    heard: list[str] = []

    def receiver(name: str) -> object:
        def receive(sender: object, **given: object) -> None:
            heard.append(str(given.get("action", name)))

        return receive

    receivers = {name: receiver(name) for name in (*SIGNALS, "m2m_changed")}
    for name, signal in SIGNALS.items():
        signal.connect(receivers[name], sender=model)
    for through in lists:
        m2m_changed.connect(receivers["m2m_changed"], sender=through)
    try:
        yield heard
    finally:
        for name, signal in SIGNALS.items():
            signal.disconnect(receivers[name], sender=model)
        for through in lists:
            m2m_changed.disconnect(receivers["m2m_changed"], sender=through)
