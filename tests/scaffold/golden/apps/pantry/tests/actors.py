"""Who acts in the tests of services."""

from mealgenie.actors import Actor

ALICE = Actor.user(1)
BOB = Actor.user(2)
NOBODY = Actor.nobody()
SUPERUSER = Actor(key=3, has_permission=lambda permission: True)
