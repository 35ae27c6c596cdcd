def late_model():
    from zoo.models import Animal

    return Animal
