from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from ninja.errors import HttpError  # L202 clinic.models.request_aware

if TYPE_CHECKING:
    from django.http import HttpRequest  # L202 clinic.models.request_aware


class Audit(models.Model):
    path = models.CharField(max_length=100)

    @classmethod
    def of(cls, request: HttpRequest) -> Audit:
        if not request.path:
            raise HttpError(400, "no path")
        return cls(path=request.path)
