from celery import shared_task

from bistro.staff.models import Shift  # L101 bistro.staff.tasks


@shared_task
def cleanup(pk):
    Shift.objects.filter(pk=pk).delete()  # L502 cleanup
