"""Tasks of a queue that the project makes itself."""

from celery import Celery

app = Celery("recipes")


@app.task  # L603 remind
def remind() -> None:
    return None


@app.on_after_configure.connect  # legal: no task
def configured(sender: object, **kwargs: object) -> None:
    return None
