"""The soak test: visitors in mixture for minutes, while workers are killed and files are broken."""
