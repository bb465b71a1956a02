"""A renderer of the official forms: a filled form, in every shape and with every damage that real pages show."""
