"""Functions of calculator.py."""

import gradstream

#from foo import bar
def calculator(num1, operation, num2):
    if operation == "add":
        return num1 + num2
    elif operation == "subtract":
        return num1 - num2
    elif operation == "multiply":
        return num1 * num2
    elif operation == "divide":
        if num2 == 0:
            raise gradstream.UserError("Cannot divide by zero!")
        return num1 / num2
