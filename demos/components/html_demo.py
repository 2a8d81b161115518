import time


def report(rows):
    lines = []
    for number in range(1, rows + 1):
        lines.append(f"<tr><td>{number}</td><td>{number**2}</td></tr>")
        yield f"<h2>Squares</h2><table><tr><th>n</th><th>n²</th></tr>{''.join(lines)}</table>"
        time.sleep(0.05)
