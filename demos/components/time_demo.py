def chimes(start):
    bells = ""
    for hour in range(start.hour, 19):
        bells += f"{hour:02}:{start.minute:02} "
        yield bells
