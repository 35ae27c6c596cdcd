def orders_model():
    from bistro.orders.models import Order

    return Order
