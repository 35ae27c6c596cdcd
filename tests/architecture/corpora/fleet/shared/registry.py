from django.apps import apps


def get_car_model():
    return apps.get_model("fleet.Car")
