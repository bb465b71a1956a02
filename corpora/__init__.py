"""Annotated passages of our own writing, their linter, and the grammar that grows and damages them.

`corpora` imports `govnlp`, never the reverse. The record is in `records`, the written form in `voices`.
"""
