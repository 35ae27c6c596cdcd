"""What a rule is about, for people."""

from django_layers.architecture.codes import REFUSALS, TOOL_CODES
from django_layers.architecture.errors import UnknownCode
from django_layers.architecture.explanations.reading import explain
from django_layers.architecture.rules import RULES
from django_layers.architecture.spelling import did_you_mean

__all__ = ["explanation"]


def explanation(code: str) -> str:
    """Return what a code says, where it looks, why, and the way out, with a wrong and a right example.

    Raises:
        UnknownCode: there is no such code.
    """
    code = code.upper()
    for rule in RULES:
        if rule.code == code:
            where = ", ".join(sorted(rule.parts))
            page = explain(code).text.partition("\n\n")[2]
            return f"{code} ({rule.severity}): {rule.name}.\n\nLooks at: {where}.\n\n{page}"
    for one in (*TOOL_CODES, *REFUSALS):
        if one.code == code:
            return f"{code} ({one.severity}): {one.name}.\n\n{one.why}\n"
    known = [rule.code for rule in RULES] + [one.code for one in (*TOOL_CODES, *REFUSALS)]
    raise UnknownCode(code, did_you_mean(code, known))
