from fleet.models import Driver


def find_driver(pk):
    return Driver.objects.get(pk=pk)


def drivers():
    return Driver.objects.all()
