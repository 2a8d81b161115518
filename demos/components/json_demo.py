import time


def measure(values):
    details = {"keys": len(values), "values": []}
    for key, value in values.items():
        details["values"].append({"key": key, "type": type(value).__name__, "value": value})
        yield details
        time.sleep(0.1)
