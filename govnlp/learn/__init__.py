"""Measuring what is read against what people marked, and learning from it. Only the command line imports this."""
