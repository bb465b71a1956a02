"""Speed, memory and accuracy against named alternatives, each one command."""
