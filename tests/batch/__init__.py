"""Tests of batch extraction."""
