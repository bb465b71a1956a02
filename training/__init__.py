"""Trains the model that says what each mention of a passage is: convert the encoder, train, evaluate, export.

`training` imports `govnlp` and `corpora`, never the reverse. It needs the extra `train`.
"""
