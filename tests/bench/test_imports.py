"""The program that measures imports does what it says; how long something takes is not judged."""

from bench.imports import Cost, compare, report


def test_both_ways_are_measured_on_the_same_demos() -> None:
    """Each takes time, and the processes that it starts count."""
    together, one_each = compare(demos=2)
    assert together.wall_s > 0
    assert one_each.processor_s > 0


def test_the_table_says_whether_the_goal_was_reached() -> None:
    """Ratios are those of the processes each to the check."""
    text = report(Cost(2.0, 4.0), Cost(20.0, 20.0))
    assert [line.split("|")[4:6] for line in text.splitlines()[2:]] == [
        ["       10.0 ", " 8 times: yes "],
        ["        5.0 ", "  8 times: no "],
    ]
