def order(milk):
    yield "Grinding …"
    yield "A coffee with milk" if milk else "A black coffee"
