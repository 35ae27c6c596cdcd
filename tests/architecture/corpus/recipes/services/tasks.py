from celery import shared_task
from django.dispatch import receiver
from django.core.signals import request_finished

from recipes.services.quiet import QuietService


@shared_task  # L603 in_service
def in_service() -> None:
    return None


@shared_task(bind=True, ignore_result=True)  # L603 bound
def bound(self) -> None:
    return None


@receiver(request_finished)  # L601 finished
def finished(sender, **options):
    return None
