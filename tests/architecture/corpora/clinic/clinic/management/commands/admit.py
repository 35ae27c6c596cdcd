from django.core.management.base import BaseCommand

from clinic import dependencies
from clinic.repositories.orm.patient import DbPatients  # L101 clinic.management.commands.admit


class Command(BaseCommand):
    def handle(self, *args, **options):
        DbPatients().all()
        dependencies.admission().admit_all()
        from django.apps import apps

        for row in apps.get_model("clinic", "Patient").objects.all():  # L502 Command.handle
            row.delete()  # L506 Command.handle
