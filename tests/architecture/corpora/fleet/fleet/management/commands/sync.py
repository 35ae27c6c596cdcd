from django.core.management import BaseCommand
from django.db import connection, transaction


class Command(BaseCommand):
    def handle(self, **options):
        from fleet import dependencies

        with transaction.atomic():  # L501 Command.handle
            dependencies.rides().find(1)
        import fleet.models  # L101 Command.handle

        fleet.models.Car.objects.update(plate="x")  # L502 Command.handle
