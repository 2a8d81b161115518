"""Files in another notation than YAML: recognised whole, and written as YAML where that follows from them."""
