"""The one style of YAML files: `gradstream fmt`."""
