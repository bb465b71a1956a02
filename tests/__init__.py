"""The tests of govnlp; a package, so that they can share the renderer of forms."""
