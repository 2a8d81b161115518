"""All shapes of other tools, before the schema is asked: its answers to them would be many and of no help."""

from gradstream.format.findings import Findings
from gradstream.format.shapes.choices import check_choices
from gradstream.format.shapes.columns import check_columns
from gradstream.format.shapes.components import check_components
from gradstream.format.shapes.conditions import check_expressions
from gradstream.format.shapes.examples import check_examples
from gradstream.format.shapes.generators import check_generators
from gradstream.format.shapes.layouts import check_layouts
from gradstream.format.shapes.lifting import check_levels
from gradstream.format.shapes.translating import check_foreign_kinds
from gradstream.format.shapes.values import check_values

CHECKS = (
    check_components,
    check_levels,
    check_foreign_kinds,
    check_expressions,
    check_layouts,
    check_columns,
    check_generators,
    check_examples,
    check_choices,
    check_values,
)


def check_shapes(findings: Findings) -> None:
    """Note every shape that is recognised; what it is made of is not spoken of again."""
    for each in CHECKS:
        each(findings)
