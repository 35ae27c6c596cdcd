from datetime import date
from decimal import Decimal  # legal: the standard library

import stripe  # L106 recipes.services.billing
from stripes import of_zebras  # legal: another name


def charge(amount: Decimal, day: date) -> object:
    from stripe.checkout import Session  # L106 charge

    return Session(amount=amount, day=day, key=stripe.key, zebras=of_zebras)
