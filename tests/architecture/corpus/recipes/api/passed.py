"""The request on its way to a service, where nothing says what it is but its name."""

from recipes import dependencies


def spread(request):
    given = {"title": request}
    return dependencies.recipe_service().published(**given)  # L504 spread


def by_name_of_method(request):
    user, _ = request.user, 1
    return getattr(dependencies.recipe_service(), "once")(user)  # L504 by_name_of_method


def key(request):
    return dependencies.recipe_service().published(request.user.pk)  # legal: a key
