"""A report as SARIF 2.1.0, which code hosts and editors read."""

import json
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from urllib.parse import quote

from django_layers.architecture.checking import Report, Violation
from django_layers.architecture.codes import TOOL_CODES
from django_layers.architecture.configuration.configuration import OFF
from django_layers.architecture.reports.explaining import explanation
from django_layers.architecture.reports.further import command_for, page_of
from django_layers.architecture.reports.paths import shown
from django_layers.architecture.rules import RULES

__all__ = ["as_sarif"]


def as_sarif(report: Report, folder: Path) -> str:
    """Return a report as one SARIF log.

    Args:
        report: the report.
        folder: paths are shown relative to it; the root of the repository for code hosts.
    """
    found = {one.code for one in report.violations}
    codes = [(one.code, one.name, one.severity) for one in TOOL_CODES]
    codes += [(one.code, one.name, one.severity) for one in RULES]
    rules = [
        {
            "id": code,
            "shortDescription": {"text": name},
            "help": _help(code),
            **({"helpUri": page_of(code)} if page_of(code) else {}),
            # What is off by itself has no level of its own.
            "defaultConfiguration": {"level": "none" if severity == OFF else severity},
        }
        for code, name, severity in codes
        if code in found
    ]
    positions = {rule["id"]: position for position, rule in enumerate(rules)}
    driver = {"name": "django-layers", "semanticVersion": _version(), "rules": rules}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"ROOT": {"uri": folder.as_uri().rstrip("/") + "/"}},
        "invocations": [{"executionSuccessful": not report.is_refused}],
        "results": [
            {"ruleId": one.code, "ruleIndex": positions[one.code], **_result(one, folder)} for one in report.violations
        ],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def _help(code: str) -> dict[str, str]:
    text = f"{explanation(code)}\nThe same in a terminal: {command_for(code)}\n"
    # The explanation is Markdown; a viewer that cannot show it shows the text.
    return {"text": text, "markdown": text}


def _result(one: Violation, folder: Path) -> dict[str, object]:
    name = shown(one.path, folder)
    uri = quote(name.encode(errors="surrogateescape"))
    relative = not one.path.is_absolute() or one.path.is_relative_to(folder)
    artifact = {"uri": uri, "uriBaseId": "ROOT"} if relative else {"uri": f"file://{uri}"}
    return {
        "level": one.severity,
        "message": {"text": f"{one.message} {one.hint}"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": artifact,
                    "region": {"startLine": one.line, "startColumn": one.column},
                },
                "logicalLocations": [{"fullyQualifiedName": one.symbol}],
            }
        ],
        "partialFingerprints": {"symbolAndTarget/v1": _fingerprint(one)},
    }


def _fingerprint(one: Violation) -> str:
    """Return what stays the same when lines shift and files are renamed."""
    parts = (one.app, one.code, *(one.identity or (one.symbol, one.target)))
    return blake2b("\0".join(parts).encode(errors="surrogateescape"), digest_size=16).hexdigest()


def _version() -> str:
    try:
        return version("django-ninja-layers")
    except PackageNotFoundError:
        # Run from a copy that is not installed.
        return "0.0.0"
