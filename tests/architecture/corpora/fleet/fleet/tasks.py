from celery import shared_task
from fleet import dependencies
from proj.celery import app


@shared_task(bind=True)
def a(self):
    dependencies.rides().find(1)


@app.task
def b(pk):
    from fleet.models import Car  # L101 b

    Car.objects.filter(pk=pk).delete()  # L502 b
