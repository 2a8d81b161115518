def bake(toppings):
    pizza = "Dough"
    yield pizza
    for topping in toppings:
        pizza += f", {topping}"
        yield pizza
    yield pizza + ". Done."
